//! Mistral's `tekken.json`: ranks as tiktoken has them, with the pattern, behind the special tokens.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::FileError;
use super::error::within;
use super::field::Field;
use super::published::matches_of;
use super::ranks::Ranked;
use super::tiktoken::of_ranks;
use super::vocabulary::LAST_ID;
use super::words::{IdFault, Wanted};
use crate::tokenizer::pretokenize::Pretokenizer;
use crate::tokenizer::{AddedToken, Tokenizer};

/// The special tokens of files that do not list them: versions 3 to 7.
const EARLY: [&str; 20] = [
    "<unk>",
    "<s>",
    "</s>",
    "[INST]",
    "[/INST]",
    "[AVAILABLE_TOOLS]",
    "[/AVAILABLE_TOOLS]",
    "[TOOL_RESULTS]",
    "[/TOOL_RESULTS]",
    "[TOOL_CALLS]",
    "[IMG]",
    "<pad>",
    "[IMG_BREAK]",
    "[IMG_END]",
    "[PREFIX]",
    "[MIDDLE]",
    "[SUFFIX]",
    "[SYSTEM_PROMPT]",
    "[/SYSTEM_PROMPT]",
    "[TOOL_CONTENT]",
];

/// Whether a JSON object is such a file.
pub(super) fn is_tekken(file: &Value) -> bool {
    file.get("config").and_then(|config| config.get("pattern")).is_some() && file.get("vocab").is_some()
}

/// Reads the file. A token's id is its rank and the number of special tokens together; beyond the size that the
/// file names no token counts.
///
/// # Reference
/// `Tekkenizer` in mistral-common.
pub(super) fn tekken(file: &Field<'_>) -> Result<Tokenizer, FileError> {
    let config = file.need("config")?;
    let pattern = config.need("pattern")?;
    let number = |name: &str| {
        let field = config.need(name)?;
        field.id().and_then(|id| if id <= LAST_ID { Ok(id) } else { Err(field.wrong(Wanted::Id)) })
    };
    let (size, special) = (number("default_vocab_size")?, number("default_num_special_tokens")?);
    let mut ranks = Ranked::new();
    for token in file.need("vocab")?.list()?.take(size.saturating_sub(special) as usize) {
        let (rank, bytes) = (token.need("rank")?.id()?, token.need("token_bytes")?);
        let bytes = STANDARD.decode(bytes.text()?).map_err(|_| bytes.wrong(Wanted::Base64))?;
        let id = rank.checked_add(special).filter(|&id| id < size);
        let bad = |problem| FileError::BadIds { field: token.name.clone(), id: rank.into(), problem };
        if ranks.insert(id.ok_or_else(|| bad(IdFault::TooLarge))?, bytes).is_some() {
            return Err(bad(IdFault::Twice));
        }
    }
    let cut = matches_of(pattern.text()?).map_err(within(&pattern.name))?;
    of_ranks(ranks, (vec![cut], Pretokenizer::None), special_tokens(file)?).map_err(within("vocab"))
}

fn special_tokens(file: &Field<'_>) -> Result<Vec<AddedToken>, FileError> {
    let Some(list) = file.maybe("special_tokens")? else {
        return Ok((0..).zip(EARLY).map(|(id, content)| AddedToken::special(content, id)).collect());
    };
    let one = |token: Field<'_>| {
        Ok(AddedToken::special(token.need("token_str")?.text()?, token.need("rank")?.id()?))
    };
    list.list()?.map(one).collect()
}
