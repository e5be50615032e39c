//! tiktoken's ranks: a token in base64 and its rank on each line.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::error::within;
use super::ranks::{Ranked, bpe_of, merges};
use super::read::MOST_BYTES;
use super::vocabulary::LAST_ID;
use super::words::Format;
use super::{FileError, LineFault, Published, Unwritable};
use crate::tokenizer::pretokenize::{Cut, Pretokenizer};
use crate::tokenizer::{AddedToken, BpeRules, Decoder, EncodeError, Model, Symbol, Tokenizer};

/// Reads tiktoken's ranks; the file names neither the pattern nor the special tokens.
///
/// A word that is a token is that token. Otherwise two neighbours merge if together they are a token, the lowest
/// rank first. Ranks may be left out, and a token that no merge makes is one for whole words.
///
/// # Errors
/// [`FileError::BadLine`]: no base64, no rank, a rank twice; [`FileError::Ranks`]: a token twice, a byte that is
/// missing, special tokens that do not fit; [`FileError::TooLarge`].
///
/// # Reference
/// `load_tiktoken_bpe` and `byte_pair_merge` in tiktoken.
///
/// # Examples
/// ```
/// use concepts::tokenizer::files::{from_tiktoken, to_tiktoken};
/// use concepts::tokenizer::pretokenize::Pretokenizer;
/// use concepts::tokenizer::{Tokenizer, bpe::{Base, BpeOptions, ByteOrder, train_readable}};
/// let options = BpeOptions { base: Base::Bytes(ByteOrder::Value), merges: 4, ..BpeOptions::default() };
/// let (_, bpe) = train_readable(&[("low", 3), (" newest", 4)], &options)?;
/// let tokenizer = Tokenizer::byte_level(bpe, Pretokenizer::Cl100k);
/// let again = from_tiktoken(&to_tiktoken(&tokenizer)?, Pretokenizer::Cl100k, vec![])?;
/// assert_eq!(again.encode("low newest")?, tokenizer.encode("low newest")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn from_tiktoken(
    text: &str,
    pretokenizer: Pretokenizer,
    special: Vec<AddedToken>,
) -> Result<Tokenizer, FileError> {
    of_ranks(tokens(text)?, (Vec::new(), pretokenizer), special).map_err(FileError::Ranks)
}

/// Reads ranks of which it is known whose they are. Without a name the number of ranks says it.
///
/// # Errors
/// As [`from_tiktoken`]; [`FileError::WhoseRanks`] if nobody published so many ranks.
pub fn from_published(text: &str, whose: Option<Published>) -> Result<(Tokenizer, Published), FileError> {
    let tokens = tokens(text)?;
    let ranks = tokens.len();
    let whose = whose.or_else(|| Published::of_size(ranks)).ok_or(FileError::WhoseRanks { ranks })?;
    let cutting = whose.cutting().map_err(within("pattern"))?;
    let tokenizer = of_ranks(tokens, cutting, whose.special()).map_err(FileError::Ranks)?;
    Ok((tokenizer, whose))
}

/// A tokenizer of ranks.
pub(super) fn of_ranks(
    tokens: Ranked,
    (cuts, pretokenizer): (Vec<Cut>, Pretokenizer),
    special: Vec<AddedToken>,
) -> Result<Tokenizer, EncodeError> {
    let tokens = tokens.into_iter().filter(|(_, token)| !token.is_empty()).collect();
    let model = Model::Bpe(bpe_of(tokens)?, BpeRules::tiktoken());
    let tokenizer = Tokenizer::new(model)?.with_added(special)?;
    Ok(tokenizer.with_cuts(cuts).with_pretokenizer(pretokenizer).with_decoder(Decoder::Bytes))
}

/// An empty token, as Python's base64 reads it: Whisper's file has one, which no text can have.
const NOTHING: &str = "=";

/// The tokens by rank.
fn tokens(text: &str) -> Result<Ranked, FileError> {
    let bytes = text.len();
    if bytes > MOST_BYTES {
        return Err(FileError::TooLarge { bytes, limit: MOST_BYTES });
    }
    let mut tokens = Ranked::new();
    for (line, content) in (1..).zip(text.lines()).filter(|(_, content)| !content.is_empty()) {
        let bad = |problem| FileError::BadLine { line, problem };
        let (token, rank) = content.split_once(' ').ok_or_else(|| bad(LineFault::NoSpace))?;
        let token = match token {
            NOTHING => Vec::new(),
            _ => STANDARD
                .decode(token)
                .map_err(|error| bad(LineFault::NotBase64 { said: error.to_string() }))
                .and_then(
                    |token| if token.is_empty() { Err(bad(LineFault::EmptyToken)) } else { Ok(token) },
                )?,
        };
        let rank = rank.parse().ok().filter(|&rank| rank <= LAST_ID).ok_or_else(|| bad(LineFault::NoRank))?;
        if tokens.insert(rank, token).is_some() {
            return Err(bad(LineFault::RankTwice { rank }));
        }
    }
    Ok(tokens)
}

/// Writes a byte-level BPE as tiktoken's ranks, without its added tokens.
///
/// # Errors
/// [`FileError::CannotWrite`] if the model is no byte-level BPE, or its ids are not the order of its merges.
///
/// # Examples
/// See [`from_tiktoken`].
pub fn to_tiktoken(tokenizer: &Tokenizer) -> Result<String, FileError> {
    let cannot = |reason| FileError::CannotWrite { format: Format::Ranks, reason };
    let bpe = match tokenizer.model() {
        Model::Bpe(bpe, _) if tokenizer.model().is_byte_level() => bpe,
        _ => return Err(cannot(Unwritable::NotByteLevel)),
    };
    let added = |id: u32| tokenizer.added().iter().any(|token| token.id == id);
    let ids = (0u32..).take(bpe.vocabulary().len()).filter(|&id| !added(id));
    let tokens: Ranked =
        ids.filter_map(|id| Some((id, bpe.vocabulary().token(id)?.as_bytes().to_vec()))).collect();
    if !bpe.is_by_token() && merges(&tokens) != Some(pairs(bpe)) {
        return Err(cannot(Unwritable::MergeOrder));
    }
    let line = |(rank, token): (&u32, &Vec<u8>)| format!("{} {rank}\n", STANDARD.encode(token));
    Ok(tokens.iter().map(line).collect())
}

fn pairs(bpe: &crate::tokenizer::bpe::Bpe) -> Vec<(Symbol, Symbol)> {
    let symbol = |id| bpe.vocabulary().token(id).cloned().unwrap_or_else(|| Symbol::from(""));
    bpe.merges().iter().map(|merge| (symbol(merge.left), symbol(merge.right))).collect()
}
