//! The tokens that all tasks share.

/// Digits 0 to 9 are the tokens 0 to 9.
pub const DIGITS: u32 = 10;
/// The first of the [`LETTERS`].
pub const FIRST_LETTER: u32 = DIGITS;
/// Letters: what is copied, the names of terms and keys, the concepts of a sentence.
pub const LETTERS: u32 = 8;
/// Between two summands.
pub const PLUS: u32 = FIRST_LETTER + LETTERS;
/// Ends a prompt: what follows is the answer.
pub const ASK: u32 = PLUS + 1;
/// Ends an answer.
pub const END: u32 = ASK + 1;
/// Opens a free translation.
pub const FREE: u32 = END + 1;
/// Opens a literal translation.
pub const LITERAL: u32 = FREE + 1;
/// The first word of the target language.
pub const FIRST_WORD: u32 = LITERAL + 1;
/// Words for each letter, at most.
pub const FORMS: u32 = 4;
/// The first token that belongs to no task.
pub const FIRST_JUNK: u32 = FIRST_WORD + LETTERS * FORMS;
/// Tokens that belong to no task: the long flat tail of every distribution.
pub const JUNK: u32 = 100;
/// All tokens.
pub const VOCABULARY: u32 = FIRST_JUNK + JUNK;

/// The token of a letter, counted from 0.
pub(super) fn letter(place: u32) -> u32 {
    FIRST_LETTER + place
}

/// Is this a letter?
pub(super) fn is_letter(token: u32) -> bool {
    (FIRST_LETTER..FIRST_LETTER + LETTERS).contains(&token)
}

/// The word of the target language for a letter.
pub(super) fn word(letter: u32, form: u32) -> u32 {
    FIRST_WORD + (letter - FIRST_LETTER) * FORMS + form
}

/// How a token is written.
///
/// # Examples
/// ```
/// use concepts::tasks::{ASK, END, FIRST_LETTER, FIRST_WORD, name};
/// let written: Vec<String> = [7, FIRST_LETTER + 1, ASK, FIRST_WORD + 5, END].map(name).into();
/// assert_eq!(written, ["7", "b", "=", "b2", "."]);
/// ```
pub fn name(token: u32) -> String {
    let letter = |place: u32| char::from(b'a' + (place % LETTERS) as u8);
    match token {
        0..DIGITS => token.to_string(),
        FIRST_LETTER..PLUS => letter(token - FIRST_LETTER).to_string(),
        PLUS => "+".to_owned(),
        ASK => "=".to_owned(),
        END => ".".to_owned(),
        FREE => "free".to_owned(),
        LITERAL => "literal".to_owned(),
        FIRST_WORD..FIRST_JUNK => {
            let place = token - FIRST_WORD;
            format!("{}{}", letter(place / FORMS), place % FORMS + 1)
        }
        _ => format!("~{}", token - FIRST_JUNK),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_token_has_a_name_of_its_own() {
        let names: BTreeSet<String> = (0..VOCABULARY).map(name).collect();
        assert_eq!(names.len(), VOCABULARY as usize);
    }
}
