//! `referat-eval train people`: learns to name voices, always to the same bytes, and says how
//! well it works on meetings that were not learnt from.

use std::path::Path;

use crate::error::EvalError;
use referat::store::artefact;
use referat_eval::learnt_folds::LearntFolds;
use referat_eval::train_people::figures::{self, Named};
use referat_eval::train_people::lessons::{self, Lesson};
use referat_eval::train_people::{Learnt, learn};

/// Learns to name voices; writes the weights and prints the figures.
pub(crate) fn train(corpus: &Path, folds: &LearntFolds, output: &Path) -> Result<(), EvalError> {
    let sets = artefact::read(&corpus.join("sets.tsv"))?;
    let sets = String::from_utf8_lossy(&sets);
    let mut lessons: Vec<Lesson> = Vec::new();
    for heard in [false, true] {
        for line in sets.lines().skip(1) {
            let Some((meeting, set)) = line.split_once('\t') else { continue };
            let models = folds.models(meeting);
            let lesson = lessons::read(&corpus.join(meeting), set.trim(), heard, &models)
                .map_err(|message| EvalError::failed(message, "give the folder of the corpus"))?;
            lessons.push(lesson);
        }
    }
    let learnt = learn(&lessons);
    artefact::write(output, &learnt.model.to_bytes())?;
    eprintln!("wrote {}", output.display());
    println!("scripted meetings; words named right of all, and of those named");
    for heard in [false, true] {
        print(&lessons, &learnt, heard);
    }
    Ok(())
}

fn print(lessons: &[Lesson], learnt: &Learnt, heard: bool) {
    let thresholds = [0.50, 0.60, 0.70, 0.80, 0.85, 0.90, 0.95];
    let mut held = vec![Named::default(); thresholds.len()];
    let mut fitted = held.clone();
    for lesson in lessons.iter().filter(|lesson| lesson.heard == heard) {
        let add = |sums: &mut [Named], named: Vec<Named>| {
            sums.iter_mut().zip(&named).for_each(|(sum, one)| sum.add(one));
        };
        if let Some(model) = learnt.without.get(&lesson.set) {
            add(&mut held, figures::of(lesson, model, &thresholds));
        }
        add(&mut fitted, figures::of(lesson, &learnt.model, &thresholds));
    }
    println!("{}", if heard { "heard text and voices" } else { "exact text and voices" });
    println!("  from    right   prec.  chair   prec.  guests  as fitted");
    for ((threshold, held), fitted) in thresholds.iter().zip(&held).zip(&fitted) {
        let guests = held.guests.asserted as f64 / held.guests.all.max(1) as f64;
        println!(
            "  {threshold:.2}   {:.3}   {:.3}   {:.3}   {:.3}   {guests:.3}   {:.3} {:.3}",
            held.all.recall(),
            held.all.precision(),
            held.chair.recall(),
            held.chair.precision(),
            fitted.all.recall(),
            fitted.all.precision(),
        );
    }
}
