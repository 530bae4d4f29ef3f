//! `referat doctor`: what works on this machine and what does not.

use std::process::{Command, Stdio};

use serde::Serialize;

use super::decoder;
use super::error::CliError;
use super::output::outln;
use crate::asr::whisper;
use crate::models::library::Library;

/// Tell what works on this machine and what does not
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Finding {
    what: &'static str,
    ok: bool,
    found: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    tip: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    let findings =
        [version(), cores(), kernels(), engine(), hardware(), models(), speech(), ffmpeg()];
    if args.json {
        outln!("{}", serde_json::json!(findings));
        return Ok(());
    }
    for Finding { what, ok, found, tip } in &findings {
        outln!("{} {what}: {found}", if *ok { "ok     " } else { "missing" });
        if let Some(tip) = tip {
            outln!("        tip: {tip}");
        }
    }
    Ok(())
}

fn version() -> Finding {
    let found = env!("CARGO_PKG_VERSION").to_owned();
    Finding { what: "referat", ok: true, found, tip: None }
}

fn cores() -> Finding {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let found = format!("{cores}, each decodes a window of its own");
    Finding { what: "cores", ok: true, found, tip: None }
}

fn kernels() -> Finding {
    let info = whisper::system_info();
    let ok = info.contains("LLAMAFILE = 1");
    Finding {
        what: "whisper.cpp",
        ok,
        found: info.trim().to_owned(),
        tip: (!ok).then(|| {
            "build with GGML_LLAMAFILE=ON in the environment: it is 1.5 times faster; \
             run `cargo clean -p whisper-rs-sys` first"
                .into()
        }),
    }
}

fn engine() -> Finding {
    let what = "engine in use";
    match decoder::executable() {
        Ok(path) => Finding { what, ok: true, found: path.display().to_string(), tip: None },
        Err(error) => Finding { what, ok: false, found: error.to_string(), tip: None },
    }
}

fn hardware() -> Finding {
    let compiled: Vec<&str> = [
        ("cuda", cfg!(feature = "cuda")),
        ("vulkan", cfg!(feature = "vulkan")),
        ("metal", cfg!(feature = "metal")),
    ]
    .into_iter()
    .filter_map(|(name, on)| on.then_some(name))
    .collect();
    let found = match compiled.is_empty() {
        true => "CPU only".to_owned(),
        false => format!("CPU and {} (untried by us)", compiled.join(", ")),
    };
    Finding { what: "hardware compiled in", ok: true, found, tip: None }
}

fn models() -> Finding {
    let what = "speech models";
    let installed = Library::open().and_then(|library| library.installed());
    match installed {
        Ok(installed) => {
            let names: Vec<String> = installed
                .into_iter()
                .filter(|model| model.is_whisper())
                .map(|model| model.name)
                .collect();
            let ok = !names.is_empty();
            let found = if ok { names.join(", ") } else { "none".to_owned() };
            let tip = (!ok).then(|| "get one: `referat models pull`".to_owned());
            Finding { what, ok, found, tip }
        }
        Err(error) => Finding { what, ok: false, found: error.to_string(), tip: error.tip() },
    }
}

fn speech() -> Finding {
    let ok = Library::open().and_then(|library| library.find("silero-vad")).is_ok();
    Finding {
        what: "finding speech",
        ok,
        found: if ok { "silero-vad" } else { "by loudness alone" }.to_owned(),
        tip: (!ok).then(|| "`referat models pull silero-vad`".into()),
    }
}

fn ffmpeg() -> Finding {
    let ok = Command::new("ffmpeg")
        .arg("-version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    Finding {
        what: "ffmpeg",
        ok,
        found: if ok { "found" } else { "not found; WAV, MP3, M4A, FLAC, OGG and WebM need none" }
            .to_owned(),
        tip: (!ok).then(|| "install ffmpeg to read other kinds of recording".into()),
    }
}
