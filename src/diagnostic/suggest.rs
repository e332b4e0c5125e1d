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
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() >= length.saturating_sub(limit) && candidate.len() <= 4 * (length + limit))
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
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
