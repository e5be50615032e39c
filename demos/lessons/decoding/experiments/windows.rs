//! How a held-out text is cut into prompts and what follows them.

/// Tokens of each prompt.
const PROMPT: usize = 20;
/// With fewer prompts an interval says little: texts are shortened first.
pub(crate) const FEWEST: usize = 8;

/// Pieces of a held-out text: a prompt, and behind it as much as a text may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Windows {
    /// Tokens of each prompt.
    pub prompt: usize,
    /// Tokens of each text.
    pub tokens: usize,
    /// There is room for so many without overlap; at least 1.
    pub room: usize,
}

/// As many tokens as are asked for, if the held-out text has room: shorter texts if else there would be few prompts,
/// and in a very short text shorter prompts too.
pub(crate) fn windows(tokens: usize, held_out: usize) -> Windows {
    let longest = (held_out / FEWEST).max(2);
    let prompt = PROMPT.min(longest / 2);
    let tokens = tokens.min(longest - prompt);
    Windows { prompt, tokens, room: (held_out / (prompt + tokens)).max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_fit_into_the_held_out_text_without_overlap() {
        for held_out in [25, 50, 100, 500, 6577, 100_000] {
            for asked in [8, 20, 120, 200, 1000] {
                let Windows { prompt, tokens, room } = windows(asked, held_out);
                assert!(room >= FEWEST && prompt >= 1 && (1..=asked).contains(&tokens), "{held_out} {asked}");
                assert!(room * (prompt + tokens) <= held_out, "{held_out} {asked}");
            }
        }
    }
}
