//! Decoding while every core is kept busy by something else, against decoding alone.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::bench::{Workbench, cores};
use super::process;
use crate::error::EvalError;

const PAIRS: usize = 3;

/// Prints the seconds of both, in turn.
pub(super) fn measure(bench: &Workbench) -> Result<(), EvalError> {
    bench.models()?;
    println!("| alone, s | cores busy, s | times |");
    println!("|---|---|---|");
    for pair in 0..PAIRS {
        let alone = seconds(bench, &format!("alone-{pair}"))?;
        let crowded = crowded(|| seconds(bench, &format!("crowded-{pair}")))?;
        println!("| {alone:.1} | {crowded:.1} | {:.2} |", crowded / alone);
    }
    Ok(())
}

/// Does something while every core has something else to do.
fn crowded<T>(work: impl FnOnce() -> T) -> T {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..cores() {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let done = work();
        over.store(true, Ordering::Relaxed);
        done
    })
}

fn seconds(bench: &Workbench, output: &str) -> Result<f64, EvalError> {
    let sound = bench.eval.join("synth/council_harwick_en/audio.flac");
    let mut transcribe = bench.referat();
    transcribe.arg("transcribe").arg(sound).args(["--model", "base", "--language", "en", "-o"]);
    let begun = Instant::now();
    process::output(transcribe.arg(bench.scratch(output)))?;
    Ok(begun.elapsed().as_secs_f64())
}
