//! Speed of what runs often on a long meeting, apart from the model: `cargo bench`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a benchmark stops where its premises fail"
)]

use std::time::Duration;

use divan::{Bencher, black_box};
use referat::audio::decode::AudioReader;
use referat::speech::{guard, misheard};
use referat_core::domain::agenda::{Agenda, AgendaItem};
use referat_core::domain::language::Language;
use referat_core::domain::meeting::{Header, Meeting, Participant};
use referat_core::domain::transcript::{Segment, SegmentId, Transcript, Word};
use referat_core::draft;
use referat_core::language::words::Vocabulary;
use referat_core::time::{Span, Timestamp};
use referat_core::understanding;
use referat_document::subtitles;

fn main() {
    divan::main();
}

/// Words that the made-up meeting is made of, in an order without end and without a pattern.
const WORDS: &str = "vi har fået en plan for skolen og den skal nu i høring hos alle parter inden \
    sommeren men økonomien er endnu ikke på plads så forvaltningen vender tilbage med tallene for \
    næste år når de kommer fra ministeriet tak til jer der har læst materialet grundigt igennem";

const TITLES: [&str; 12] = [
    "Trafik ved skolen",
    "Budget for næste år",
    "Ny svømmehal",
    "Klimaplan",
    "Ungdomsrådet",
    "Ældrepleje",
    "Havnens udvikling",
    "Digital post",
    "Byfornyelse",
    "Kunst i byrummet",
    "Beredskab",
    "Kollektiv trafik",
];

fn meeting(items: usize) -> Meeting {
    let item = |index: usize| AgendaItem {
        number: (index + 1).to_string(),
        title: format!("{} {}", TITLES[index % TITLES.len()], index / TITLES.len() + 1),
        ..AgendaItem::default()
    };
    let person = |(first, last): (&str, &str)| Participant {
        name: format!("{first} {last}"),
        ..Participant::default()
    };
    let people = [
        ("Alessandra", "Giraldi"),
        ("Kim", "Christiansen"),
        ("Bodil", "Krogsgaard"),
        ("Torben", "Hvidt"),
        ("Henriette", "Bloch"),
        ("Mogens", "Juhler"),
        ("Pernille", "Aagaard"),
        ("Yusuf", "Karaca"),
        ("Grethe", "Rosendal"),
    ];
    Meeting {
        header: Header { present: people.map(person).to_vec(), ..Header::default() },
        agenda: Agenda { items: (0..items).map(item).collect() },
        language: Language::DA,
    }
}

/// A meeting's transcript: every 160th segment announces an item, every 20th calls somebody.
fn transcript(segments: usize, items: usize) -> Transcript {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        words[(state >> 33) as usize % words.len()]
    };
    let segment = |index: usize| {
        let mut text = (0..12).map(|_| next()).collect::<Vec<_>>().join(" ");
        if index.is_multiple_of(segments / items) {
            text = format!("Så går vi til punkt {}", index / (segments / items) + 1);
        } else if index.is_multiple_of(20) {
            text = format!("Tak, og så er det Alesandra Gi raldi, værsgo, {text}");
        }
        let span =
            Span::from_start(Timestamp::from_ms(index as u64 * 4000), Duration::from_secs(4));
        let word = |text: &str| Word { span, text: text.to_owned(), ..Word::default() };
        let id = SegmentId(u32::try_from(index).unwrap());
        let words = text.split_whitespace().map(word).collect();
        Segment { id, span, text, words, ..Segment::default() }
    };
    Transcript {
        version: Transcript::VERSION,
        language: "da".into(),
        segments: (0..segments).map(segment).collect(),
        ..Transcript::default()
    }
}

/// A minute of sound at 44.1 kHz becomes 16 kHz.
#[divan::bench(sample_count = 10)]
fn resampling_a_minute(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("minute.wav");
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 44_100,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut file = hound::WavWriter::create(&path, spec).unwrap();
    for at in 0..44_100 * 60 {
        file.write_sample(((at as f32 * 0.05).sin() * 9000.0) as i16).unwrap();
    }
    file.finalize().unwrap();
    bencher.bench_local(|| {
        let mut reader = AudioReader::open(&path).unwrap();
        let mut samples = Vec::new();
        while reader.read(&mut samples).unwrap() {}
        samples.len()
    });
}

/// A window's words are looked through for loops.
#[divan::bench]
fn guarding_a_window(bencher: Bencher<'_, '_>) {
    let segments = transcript(10, 1).segments;
    bencher.bench_local(|| guard::doubt(black_box(&segments), Duration::from_secs(28)));
}

/// Ten thousand segments are divided among sixty items.
#[divan::bench(sample_count = 3)]
fn aligning_ten_thousand_segments_with_sixty_items(bencher: Bencher<'_, '_>) {
    let (meeting, transcript) = (meeting(60), transcript(10_000, 60));
    bencher.bench_local(|| understanding::structure(&meeting, &transcript, &[]));
}

/// The names of a three-hour meeting are put right.
#[divan::bench(sample_count = 5)]
fn correcting_the_names_of_three_hours(bencher: Bencher<'_, '_>) {
    let (meeting, transcript) = (meeting(12), transcript(2_700, 12));
    bencher.with_inputs(|| transcript.clone()).bench_local_refs(|transcript| {
        misheard::correct(transcript, &meeting, Vocabulary::compiled()).len()
    });
}

/// A three-hour meeting is drafted.
#[divan::bench(sample_count = 5)]
fn drafting_three_hours(bencher: Bencher<'_, '_>) {
    let (meeting, transcript) = (meeting(12), transcript(2_700, 12));
    let (structure, _) = understanding::structure(&meeting, &transcript, &[]);
    bencher.bench_local(|| draft::referat(&meeting, &transcript, &structure, "sha"));
}

/// A three-hour meeting is written as subtitles.
#[divan::bench(sample_count = 10)]
fn subtitling_three_hours(bencher: Bencher<'_, '_>) {
    let transcript = transcript(2_700, 12);
    bencher.bench_local(|| subtitles::vtt_words(&transcript.segments));
}
