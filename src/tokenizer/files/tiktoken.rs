//! tiktoken's ranks: a token in base64 and its rank on each line.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::model::bpe_of;
use super::read::MOST_BYTES;
use super::words::Format;
use super::{FileError, LineFault, Unwritable};
use crate::tokenizer::bpe::Bpe;
use crate::tokenizer::pretokenize::Pretokenizer;
use crate::tokenizer::{AddedToken, BpeRules, Model, Symbol, Tokenizer};

/// Reads tiktoken's ranks; the file names neither the pattern nor the special tokens.
///
/// The merges are not in the file. Each follows from the ranks: cut the token with those before it, and two
/// parts are left, which the merge joins.
///
/// # Errors
/// [`FileError::BadLine`]: no base64, no rank, a rank or a token twice, a gap; [`FileError::Unreachable`];
/// [`FileError::Ranks`]: a byte that is missing, special tokens that do not fit; [`FileError::TooLarge`].
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
    let bytes = text.len();
    if bytes > MOST_BYTES {
        return Err(FileError::TooLarge { bytes, limit: MOST_BYTES });
    }
    let tokens = tokens(text)?;
    let merges = merges(&tokens)?;
    let symbols = tokens.into_iter().map(Symbol::from).collect();
    let bpe = bpe_of(symbols, &merges).map_err(FileError::Ranks)?;
    Tokenizer::new(Model::Bpe(bpe, BpeRules::tiktoken()))
        .and_then(|tokenizer| tokenizer.with_added(special))
        .map(|tokenizer| {
            tokenizer.with_pretokenizer(pretokenizer).with_decoder(crate::tokenizer::Decoder::Bytes)
        })
        .map_err(FileError::Ranks)
}

/// The tokens by rank.
fn tokens(text: &str) -> Result<Vec<Vec<u8>>, FileError> {
    let mut placed: Vec<(u32, usize, Vec<u8>)> = Vec::new();
    for (line, content) in (1..).zip(text.lines()).filter(|(_, content)| !content.is_empty()) {
        let bad = |problem| FileError::BadLine { line, problem };
        let (token, rank) = content.split_once(' ').ok_or_else(|| bad(LineFault::NoSpace))?;
        let token =
            STANDARD.decode(token).map_err(|error| bad(LineFault::NotBase64 { said: error.to_string() }))?;
        if token.is_empty() {
            return Err(bad(LineFault::EmptyToken));
        }
        let rank = rank.parse().map_err(|_| bad(LineFault::NoRank))?;
        placed.push((rank, line, token));
    }
    placed.sort_by_key(|&(rank, line, _)| (rank, line));
    match (0u32..).zip(&placed).find(|(wanted, (rank, _, _))| wanted != rank) {
        Some((wanted, &(rank, line, _))) => {
            let problem =
                if rank < wanted { LineFault::RankTwice { rank } } else { LineFault::Gap { rank, wanted } };
            Err(FileError::BadLine { line, problem })
        }
        None => Ok(placed.into_iter().map(|(_, _, token)| token).collect()),
    }
}

/// The merge that makes each token of two bytes or more.
fn merges(tokens: &[Vec<u8>]) -> Result<Vec<(Symbol, Symbol)>, FileError> {
    let mut ranks: HashMap<&[u8], u32> = HashMap::with_capacity(tokens.len());
    for (rank, token) in (0u32..).zip(tokens) {
        ranks.entry(token).or_insert(rank);
    }
    let mut merges = Vec::new();
    for (rank, token) in (0u32..).zip(tokens).filter(|(_, token)| token.len() > 1) {
        match cut_below(token, rank, &ranks).as_slice() {
            [left, right] => merges.push((Symbol::from(*left), Symbol::from(*right))),
            parts => return Err(FileError::Unreachable { rank, parts: parts.len() }),
        }
    }
    Ok(merges)
}

/// Cuts a token with those of lower rank: the lowest rank first, of several such the leftmost.
fn cut_below<'a>(token: &'a [u8], limit: u32, ranks: &HashMap<&[u8], u32>) -> Vec<&'a [u8]> {
    let mut borders: Vec<usize> = (0..=token.len()).collect();
    loop {
        let rank = |i: usize| ranks.get(&token[borders[i]..borders[i + 2]]).copied();
        let places = 0..borders.len().saturating_sub(2);
        let best = places.filter_map(|i| Some((rank(i)?, i))).filter(|(rank, _)| *rank < limit).min();
        match best {
            Some((_, i)) => drop(borders.remove(i + 1)),
            None => return borders.windows(2).map(|ends| &token[ends[0]..ends[1]]).collect(),
        }
    }
}

/// Writes a byte-level BPE as tiktoken's ranks, without its added tokens.
///
/// # Errors
/// [`FileError::CannotWrite`] if the model is no byte-level BPE, or its ids are not the order of its merges;
/// [`FileError::Unreachable`].
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
    let kept: Vec<(u32, Vec<u8>)> =
        ids.filter_map(|id| Some((id, bpe.vocabulary().token(id)?.as_bytes().to_vec()))).collect();
    if (0u32..).zip(&kept).any(|(rank, (id, _))| rank != *id) {
        return Err(cannot(Unwritable::AddedBetween));
    }
    let tokens: Vec<Vec<u8>> = kept.into_iter().map(|(_, token)| token).collect();
    if merges(&tokens)? != pairs(bpe) {
        return Err(cannot(Unwritable::MergeOrder));
    }
    let line = |(rank, token): (usize, &Vec<u8>)| format!("{} {rank}\n", STANDARD.encode(token));
    Ok(tokens.iter().enumerate().map(line).collect())
}

fn pairs(bpe: &Bpe) -> Vec<(Symbol, Symbol)> {
    let symbol = |id| bpe.vocabulary().token(id).cloned().unwrap_or_else(|| Symbol::from(""));
    bpe.merges().iter().map(|merge| (symbol(merge.left), symbol(merge.right))).collect()
}
