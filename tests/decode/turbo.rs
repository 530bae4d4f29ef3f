//! A model of large-v3-turbo's shape, which the Danish ones have: made up, imported, quantised,
//! loaded and listened with, by default with few of its layers. `EVAL` asks for all of them, both
//! quantisations and both ways to use two cores; what is printed then is what to expect of a Danish
//! model.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use whisper_rs::{FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters};

use crate::support::weights;
use crate::support::weights::{Kind, Shape, TURBO, Tokens};

/// An import may take this much memory, whatever it imports.
const MOST_MEMORY: u64 = 1_500_000_000;

/// How much longer the 50,257 words of Whisper's vocabulary are than the made-up ones of three
/// letters, in bytes: with them the file has the size of the published one.
const LONGER_WORDS: u64 = 156_286;

/// Layers of the encoder where not all of them are asked for.
const FEW: usize = 4;

/// Returns the bytes of a layer of turbo's encoder in `q5_0`, in which 32 values take 22: its
/// tensors with the head of each, which holds three numbers, the dimensions and the name.
fn layer(number: usize) -> u64 {
    let (width, inner) = (TURBO.width, 4 * TURBO.width);
    let tensors = [
        ("attn_ln.weight", vec![width]),
        ("attn_ln.bias", vec![width]),
        ("attn.query.weight", vec![width, width]),
        ("attn.query.bias", vec![width]),
        ("attn.key.weight", vec![width, width]),
        ("attn.value.weight", vec![width, width]),
        ("attn.value.bias", vec![width]),
        ("attn.out.weight", vec![width, width]),
        ("attn.out.bias", vec![width]),
        ("mlp_ln.weight", vec![width]),
        ("mlp_ln.bias", vec![width]),
        ("mlp.0.weight", vec![width, inner]),
        ("mlp.0.bias", vec![inner]),
        ("mlp.2.weight", vec![inner, width]),
        ("mlp.2.bias", vec![width]),
    ];
    let bytes = |(name, dimensions): (&str, Vec<usize>)| {
        let values: usize = dimensions.iter().product();
        let values = if dimensions.len() == 2 { values / 32 * 22 } else { values * 4 };
        12 + 4 * dimensions.len() + format!("encoder.blocks.{number}.{name}").len() + values
    };
    tensors.into_iter().map(bytes).sum::<usize>() as u64
}

/// Returns a figure of `/proc/PID/status` in bytes; nothing once the process has ended.
fn memory(process: &str, what: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with(what))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? * 1024)
}

/// Imports `model` with the real program; returns the file and the program's peak memory.
fn import(model: &Path, library: &Path, precision: &str) -> (PathBuf, Duration, u64) {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(["models", "import"])
        .arg(model)
        .args(["--name", precision, "--quantize", precision, "--language", "da"])
        .env("REFERAT_MODELS", library)
        .spawn()
        .unwrap();
    let id = child.id().to_string();
    let mut peak = 0;
    let status = loop {
        peak = memory(&id, "VmHWM").unwrap_or_default().max(peak);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    assert!(status.success());
    (library.join(format!("ggml-{precision}.bin")), began.elapsed(), peak)
}

/// Noise in windows of at most 20 s: what the encoder costs does not depend on what it hears.
fn windows(seconds: f64, longest: f64) -> Vec<Vec<f32>> {
    let mut state = 1u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (f64::from(state) / f64::from(u32::MAX) - 0.5) as f32 * 0.02
    };
    let count = (seconds / longest).ceil();
    let samples = (seconds / count * 16_000.0) as usize;
    (0..count as usize).map(|_| (0..samples).map(|_| noise()).collect()).collect()
}

/// Encodes the windows on `states` states of `threads` threads, and decodes one token of each,
/// which whisper.cpp does not do without. Returns the time.
fn encode(
    context: &WhisperContext,
    windows: &[Vec<f32>],
    states: usize,
    threads: i32,
    trimmed: bool,
) -> Duration {
    let listen = |windows: Vec<&Vec<f32>>| {
        let mut state = context.create_state().unwrap();
        for samples in windows {
            let mut parameters = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
            parameters.set_n_threads(threads);
            parameters.set_language(Some("da"));
            parameters.set_no_context(true);
            parameters.set_no_timestamps(true);
            parameters.set_single_segment(true);
            parameters.set_max_tokens(1);
            // whisper.cpp looks for the blank in the vocabulary, and the made-up one has none.
            parameters.set_suppress_blank(false);
            parameters.set_temperature_inc(0.0);
            parameters.set_print_progress(false);
            parameters.set_print_realtime(false);
            if trimmed {
                // As `asr/whisper.rs` does: the window and a second.
                let positions = samples.len().div_ceil(320) + 50;
                parameters.set_audio_ctx(positions.next_multiple_of(64).min(1500) as i32);
            }
            state.full(parameters, samples).unwrap();
        }
    };
    let began = Instant::now();
    std::thread::scope(|scope| {
        for lane in 0..states {
            let mine: Vec<&Vec<f32>> = windows.iter().skip(lane).step_by(states).collect();
            scope.spawn(move || listen(mine));
        }
    });
    began.elapsed()
}

fn load(path: &Path) -> WhisperContext {
    whisper_rs::install_logging_hooks();
    let mut parameters = WhisperContextParameters::default();
    parameters.flash_attn(false);
    WhisperContext::new_with_params(path, parameters).unwrap()
}

#[test]
fn a_model_of_turbos_shape_is_imported_in_little_memory_quantised_and_heard_with() {
    let folder = tempfile::tempdir().unwrap();
    let (model, library) = (folder.path().join("hf"), folder.path().join("library"));
    let in_full = std::env::var_os("EVAL").is_some();
    let encoder_layers = if in_full { TURBO.encoder_layers } else { FEW };
    let shape = Shape { encoder_layers, ..TURBO };
    weights::hugging_face(&model, shape, Kind::F16, Tokens::Tokenizer, 2);
    let missing: u64 = (encoder_layers..TURBO.encoder_layers).map(layer).sum();
    let wanted = [("q5_0", 574_041_195), ("q8_0", 874_188_075)];
    for (precision, published) in wanted.into_iter().take(if in_full { 2 } else { 1 }) {
        let (path, took, peak) = import(&model, &library, precision);
        println!(
            "import to {precision}: {:.0} s, {} MB at most",
            took.as_secs_f64(),
            peak / 1_000_000
        );
        assert!(peak > 0 && peak < MOST_MEMORY, "{peak}");
        let size = fs::metadata(&path).unwrap().len();
        assert_eq!(size + missing + LONGER_WORDS, published, "{precision}");
        let context = load(&path);
        if !in_full {
            encode(&context, &windows(2.0, 20.0), 1, 1, true);
            continue;
        }
        for (states, threads, longest, trimmed) in [(2, 1, 20.0, true), (1, 2, 30.0, false)] {
            let took = encode(&context, &windows(67.8, longest), states, threads, trimmed);
            println!(
                "{precision}, {states} states of {threads} threads, {}: 67.8 s of sound in {:.1} s, {} MB",
                if trimmed { "windows of 17 s, trimmed" } else { "windows of 23 s, full context" },
                took.as_secs_f64(),
                memory("self", "VmRSS").unwrap() / 1_000_000,
            );
        }
    }
}
