//! How like a name a word sounds: recognisers misspell a quarter of all names.

/// How well a word said fits a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Sounds nearly the same.
    Near,
    /// Is the same, or its genitive.
    Exact,
}

/// Compares a word said with one of a name; both in lower case.
pub fn fit(said: &str, name: &str) -> Option<Fit> {
    let genitive = |rest: &str| matches!(rest, "" | "s" | "'s" | "’s");
    if said == name
        || (name.chars().nth(1).is_some() && said.strip_prefix(name).is_some_and(genitive))
    {
        return Some(Fit::Exact);
    }
    let (a, b) = (sounds(said), sounds(name));
    if a.len() < 3 || b.len() < 3 {
        return None;
    }
    let same = a == b;
    let most = if b.len() <= 7 { 1 } else { 2 };
    let near = b.len() > 3 && distance(&a, &b) <= most && (a[0] == b[0] || b.len() > 5);
    (same || near).then_some(Fit::Near)
}

/// Takes away what spelling adds to the sound.
fn sounds(word: &str) -> Vec<char> {
    const DIGRAPHS: [(&str, &str); 7] =
        [("aa", "å"), ("ch", "k"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("hj", "j"), ("hv", "v")];
    let plain = DIGRAPHS.iter().fold(word.to_owned(), |word, (from, to)| word.replace(from, to));
    let mut found: Vec<char> = Vec::new();
    for letter in plain.chars() {
        let sound = match letter {
            'w' => 'v',
            'c' | 'q' => 'k',
            'z' => 's',
            'é' | 'è' | 'ê' => 'e',
            'ö' => 'ø',
            'ä' => 'æ',
            'ü' => 'y',
            '-' | '\'' | '’' => continue,
            other => other,
        };
        if found.last() != Some(&sound) {
            found.push(sound);
        }
    }
    found
}

/// Letters to change, drop, insert or swap.
pub fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let mut before = row.clone();
    for i in 1..=a.len() {
        let older = std::mem::replace(&mut before, row.clone());
        row[0] = i;
        for j in 1..=b.len() {
            let changed = before[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(before[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(older[j - 2] + 1);
            }
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misheard_name_is_near_and_another_is_not() {
        assert_eq!(fit("karens", "karen"), Some(Fit::Exact));
        assert_eq!(fit("dalsgaarrd", "dalsgaard"), Some(Fit::Near));
        assert_eq!(fit("stinne", "stine"), Some(Fit::Near));
        assert_eq!(fit("bo", "bodil"), None);
        assert_eq!(fit("lone", "lise"), None);
    }
}
