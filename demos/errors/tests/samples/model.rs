//! A sample of every variant: files of weights and models that were trained elsewhere.

use concepts::decoder::DecoderError;
use concepts::decoder::fast::FastError;
use concepts::decoder::words::{Place, Wanted};
use concepts::linear::{LinearError, Operand};
use concepts::tokenizer::ChatError;
use concepts::tokenizer::files::GgufError;
use concepts::tokenizer::files::gguf::{GgufList, GgufWanted};
use concepts::weights::words::{GgufFault, JsonWanted, Part};
use concepts::weights::{Encoding, StandIn, WeightsError};

use super::learning::{json_faults, of_budget};
use super::network::of_position;
use super::text::of_encoding;
use super::{parser, typed};

pub(super) fn of_weights() -> Vec<WeightsError> {
    let mut all = vec![
        WeightsError::NotGguf { found: vec![0x11, 0x13] },
        WeightsError::BigEndian,
        WeightsError::Version { version: 11 },
        WeightsError::Overlap { first: typed(), second: "Eta".into(), end: 11, start: 7 },
        WeightsError::Beyond { tensor: typed(), end: 11, bytes: 7 },
        WeightsError::SafeTensors { said: parser() },
        WeightsError::StandIn(StandIn::Pointer),
        WeightsError::Dtype { tensor: typed(), found: "Eta".into() },
        WeightsError::EmptyTensor { tensor: typed() },
        WeightsError::Twice { tensor: typed() },
        WeightsError::Misplaced { tensor: typed(), file: "Eta".into() },
        WeightsError::PartialBlock { values: 11, block: 7, encoding: Encoding::Q8_0 },
    ];
    let cut = |&part| WeightsError::CutOff { part, at: 11, needed: 13, left: 7 };
    all.extend(Part::ALL.iter().map(cut));
    all.extend(Part::ALL.iter().map(|&part| WeightsError::TooMany { part, count: 11, bytes: 7 }));
    let wrong = |fault| WeightsError::Wrong { part: Part::Tensor, name: typed(), fault };
    all.extend(gguf_faults().into_iter().map(wrong));
    all.extend(index_faults().into_iter().map(|fault| WeightsError::Index { fault }));
    all
}

fn gguf_faults() -> Vec<GgufFault> {
    vec![
        GgufFault::NotUtf8,
        GgufFault::Twice,
        GgufFault::ValueType(17),
        GgufFault::Bool(11),
        GgufFault::Nested { limit: 7 },
        GgufFault::Alignment { found: "11".into() },
        GgufFault::Dimensions { found: 11, limit: 7 },
        GgufFault::Empty,
        GgufFault::Overflow,
        GgufFault::TensorType { number: 11, name: Some("MXFP4") },
        GgufFault::TensorType { number: 11, name: None },
        GgufFault::PartialBlock { columns: 11, block: 7 },
        GgufFault::Misaligned { offset: 11, alignment: 7 },
    ]
}

fn index_faults() -> Vec<JsonWanted> {
    let unread = json_faults().into_iter().map(JsonWanted::Unread);
    unread.chain([JsonWanted::NoMap, JsonWanted::NoFile(typed())]).collect()
}

pub(super) fn of_linear() -> Vec<LinearError> {
    let mut all = vec![
        LinearError::NotAMatrix { name: typed(), dimensions: 3 },
        LinearError::Empty { name: typed(), rows: 11, columns: 0 },
        LinearError::BrokenBlock { name: typed(), columns: 11, block: 7 },
        LinearError::NoSuchRow { row: 11, rows: 7 },
        LinearError::Columns { first: 11, other: 7 },
        LinearError::Rooms { matrices: 11, rooms: 7 },
    ];
    all.extend(Operand::ALL.iter().map(|&what| LinearError::Length { what, found: 11, expected: 7 }));
    all
}

pub(super) fn of_decoder() -> Vec<DecoderError> {
    let mut all = vec![
        DecoderError::UnknownArchitecture { found: typed(), supported: "Eta, Theta".into() },
        DecoderError::MissingKey { key: typed() },
        DecoderError::MissingTensor { name: typed(), wanted: vec![11, 7] },
        DecoderError::SurplusTensor { name: typed(), count: 11 },
        DecoderError::Shape { name: typed(), found: vec![11, 7], wanted: vec![13, 17] },
        DecoderError::NoTokens,
        DecoderError::UnknownToken { token: 11, vocab: 7 },
        DecoderError::TooLong { tokens: 11, context: 7 },
        DecoderError::NoRow { position: 11, rows: 8 },
        DecoderError::NoRotation,
        DecoderError::Pool { kv_heads: 11, asked: 3 },
        DecoderError::CacheBits { bits: 11 },
        DecoderError::ForeignCache { found: 11, found_width: 13, layers: 7, width: 17 },
    ];
    all.extend(of_budget().into_iter().map(DecoderError::Configuration));
    all.extend(json_faults().into_iter().map(|reason| DecoderError::NotJson { reason }));
    all.extend(of_position().into_iter().map(DecoderError::Position));
    let bad = |&wanted| DecoderError::BadValue { key: typed(), found: "11".into(), wanted };
    all.extend(Wanted::ALL.iter().map(bad));
    all.extend(Place::ALL.iter().map(|&place| DecoderError::NoSuch { place, number: 11, count: 7 }));
    all
}

pub(super) fn of_fast() -> Vec<FastError> {
    let mut all = vec![
        FastError::MovingRotation { kind: typed(), most: 11 },
        FastError::CacheBits { bits: 11 },
        FastError::Texts { texts: 11, caches: 7 },
    ];
    all.extend(of_decoder().into_iter().map(FastError::Decoder));
    all.extend(of_linear().into_iter().map(FastError::Linear));
    all
}

pub(super) fn of_gguf() -> Vec<GgufError> {
    let mut all = vec![
        GgufError::Model { found: typed() },
        GgufError::Cut { found: typed() },
        GgufError::NoTokens,
        GgufError::NoModel,
        GgufError::Merge { place: 11, found: typed() },
        GgufError::NotBytes { id: 11, token: typed() },
        GgufError::NoCharacter { token: typed() },
        GgufError::NoId { name: "bos_token_id" },
    ];
    let wrong = |&wanted| GgufError::WrongType { entry: typed(), found: "11".into(), wanted };
    all.extend(GgufWanted::ALL.iter().map(wrong));
    let unpaired = |&list| GgufError::Unpaired { list, count: 11, tokens: 7 };
    all.extend(GgufList::ALL.iter().map(unpaired));
    all.extend(GgufList::ALL.iter().map(|&list| GgufError::Missing { list }));
    all.extend(of_encoding().into_iter().map(|source| GgufError::Inconsistent { source }));
    all
}

pub(super) fn of_chat() -> Vec<ChatError> {
    vec![
        ChatError::Template { said: parser() },
        ChatError::Refused { said: parser() },
        ChatError::Fails { said: parser() },
        ChatError::Endless { steps: 11 },
        ChatError::NoDate,
    ]
}
