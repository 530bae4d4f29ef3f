//! Promise: what the referent knew before the meeting comes back as she writes it, and the hour
//! it ended is filled in.

use referat_core::agenda::read_meeting;
use referat_core::domain::language::Language;
use referat_core::domain::passage::Structure;
use referat_core::domain::transcript::Transcript;
use referat_core::draft;
use referat_core::language::words::Words;
use referat_document::markdown::write::referat_md;
use referat_document::profile::Profile;

/// The header and agenda of a published referat of a police district council, as printed.
const SEED: &str = "\
## Referat af Kredsrådsmødet KBHV

---

**Tid:**

Torsdag den 23. juni 2022 kl. 08:30 til kl. 10:00.

**Sted:**

Københavns Vestegns Politi, Politigården

**Deltagende:**

Borgmester Jesper Würtzen

Borgmester Anders Wolf Andersen

Borgmester Trine Græse

Borgmester Kasper Damsgaard

Borgmester Henrik Rasmussen

Borgmester Merete Amdisen

Borgmester Britt Jensen

Borgmester Michael Ziegler

Borgmester Kent Max Magelund

Politidirektør Kim Christiansen

Stabschef René Holleufer

Chefpolitiinspektør Knud Stadsgaard

Sekretariatschef Alessandra Giraldi

Politiinspektør Michael Hellensberg

Politiinspektør Allan Nyring

Politiinspektør Mogens Lauridsen

Juridisk konsulent Helle Vibeke Severini, referent

**Til stede via Teams**

Borgmester Steen Christiansen

**Afbud:**

Borgmester Thomas Gyldal Petersen

Chefanklager Jens Henrik Jacobsen

## Dagsorden

1. Velkomst til nye medlemmer af Kredsrådet /v. pd Kim Christiansen
2. Tema vedr. arbejdet i Kredsraad & Lokalraad  
Præsentation af arbejdet i Kredsraad /v. sekretariatschef Alessandra Giraldi  
Præsentation af arbejdet i Lokalraad /v. pi Allan Nyring  
Herunder drøftelse/godkendelse af revideret version af kommissorium for Strategisk Chefforum.
3. Orientering om status i politikredsen, herunder kriminalitetsudviklingen og opfølgning på tidligere drøftelser /v. pd Kim Christiansen
4. Opfølgning på tryghedskonferencen mandag den 20. juni 2022 /v. pd. Kim Christiansen
5. Præsentation af Årsrapport 2021 og samarbejdsaftale 2022 /v. pd Kim Christiansen
6. Eventuelt
";

fn drafted(dagsorden: &str) -> String {
    let (meeting, _) = read_meeting(dagsorden, None);
    assert_eq!(meeting.language, Language::DA);
    let (referat, _) =
        draft::referat(&meeting, &Transcript::default(), &Structure::default(), "sha");
    let text = referat_md(&referat, Words::of(meeting.language), &Profile::default());
    text.split("\n### ").next().unwrap().to_owned()
}

#[test]
fn the_seeds_header_comes_back_byte_for_byte() {
    assert_eq!(drafted(&SEED.replace("Referat af", "Dagsorden for")), SEED);
    // A referat of the last meeting serves as a dagsorden too.
    assert_eq!(drafted(SEED), SEED);
}

#[test]
fn typography_of_a_word_processor_makes_no_difference() {
    let typed = SEED
        .replace("Referat af", "Dagsorden for")
        .replace('\n', "\r\n")
        .replace("Torsdag den 23.", "Torsdag\u{a0}den 23.")
        .replace("Politigården", "Politi\u{ad}gården")
        .replace("kl. 08:30 til kl. 10:00", "kl. 8.30 – 10.00");
    assert_eq!(drafted(&typed), SEED);
}
