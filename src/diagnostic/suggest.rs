//! "Did you mean": the nearest of the words that would have been right.

/// Longer words are no slips of the pen, and looking for what they are near to takes too long.
const LONGEST: usize = 200;

/// The candidate that the word was most likely meant to be. None when none is near.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    // A third of the letters may be wrong: `relased` is `released`, `cost` is not `note`.
    let length = folded.chars().count();
    let limit = (length / 3).max(1);
    if length > LONGEST {
        return None;
    }
    let letters = count(&folded);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() >= length.saturating_sub(limit) && candidate.len() <= 4 * (length + limit))
        .map(|candidate| (fold(candidate), candidate))
        .filter(|(near, _)| near.chars().count().abs_diff(length) <= limit && within(&letters, &count(near), limit))
        .map(|(near, candidate)| (strsim::osa_distance(&folded, &near), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How often each letter stands in a word; letters beyond ASCII share places.
fn count(word: &str) -> [i16; 32] {
    let mut letters = [0; 32];
    for c in word.chars() {
        letters[c as usize % 32] += 1;
    }
    letters
}

/// Whether two words can be so near to each other: a change takes away one letter at most, and adds one at most.
/// It is much faster to see than the distance.
fn within(a: &[i16; 32], b: &[i16; 32], limit: usize) -> bool {
    let (mut gone, mut new) = (0, 0);
    for (a, b) in a.iter().zip(b) {
        gone += (a - b).max(0);
        new += (b - a).max(0);
    }
    usize::try_from(gone.max(new)).is_ok_and(|changes| changes <= limit)
}

/// Case, and which sign stands between words, is not what makes words different.
fn fold(word: &str) -> String {
    word.to_lowercase().replace(['-', ' ', '.'], "_")
}

/// The words in backticks with commas between them.
#[must_use]
pub fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_a_different_word_is_not() {
        let keys = ["released", "retired", "name", "max_output", "context_window"];
        assert_eq!(nearest("relased", keys), Some("released"));
        assert_eq!(nearest("Max-Output", keys), Some("max_output"));
        assert_eq!(nearest("nmae", keys), Some("name"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("", keys), None);
        assert_eq!(nearest("größe", ["grösse", "größen"]), Some("größen"));
        let long = "released".repeat(100);
        assert_eq!(nearest(&long, [long.as_str()]), None);
    }
}
