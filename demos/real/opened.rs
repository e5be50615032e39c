//! What has been opened.

use concepts::decoder::fast::FastModel;
use concepts::decoder::{Config, FromFile, Model, Naming};
use concepts::tokenizer::{Allowed, ChatOptions, ChatTemplate, Message, TokenId, Tokenizer};
use concepts::weights::{NotFinite, Tensor, not_finite};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::WORDS;
use super::bytes::{WeightFile, enough_memory};
use super::places::Place;
use super::ready;
use crate::errors::At;
use crate::kit::knob::Refusal;
use crate::kit::visible::name;
use crate::named;

/// Bytes of a weight in the readable model.
const READABLE: u64 = 4;

/// The format of the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One file of llama.cpp, which has everything in it.
    Gguf,
    /// safetensors in a folder of Hugging Face, with files beside them.
    SafeTensors,
}

impl Format {
    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Gguf => "GGUF",
            Format::SafeTensors => "safetensors",
        }
    }

    /// Whose names its tensors have.
    pub fn naming(self) -> Naming {
        match self {
            Format::Gguf => Naming::Gguf,
            Format::SafeTensors => Naming::HuggingFace,
        }
    }
}

/// A model that was trained elsewhere: its weights as they are stored, its configuration, its tokenizer.
#[derive(Debug)]
pub struct Real {
    /// What the file or its folder calls it.
    pub name: String,
    /// The format of its weights.
    pub format: Format,
    /// From text to ids and back.
    pub tokenizer: Tokenizer,
    /// Tokens that end a text; the first is the one that counts.
    pub ends: Vec<TokenId>,
    /// How refusals name it: the flag and the path.
    pub(super) place: String,
    pub(super) files: Vec<WeightFile>,
    pub(super) places: Vec<Place>,
    pub(super) read: FromFile,
    pub(super) begin: Option<TokenId>,
    pub(super) template: Option<String>,
    /// What is there, was read, and changes nothing.
    pub(super) unused: Vec<String>,
}

impl Real {
    /// What it is built of.
    pub fn config(&self) -> &Config {
        &self.read.config
    }

    /// Fields that the configuration has not, and what was taken for them.
    pub fn assumed(&self) -> &[(String, String)] {
        &self.read.assumed
    }

    /// Fields of configuration and tokenizer that may matter and were not used.
    pub fn unused(&self) -> impl Iterator<Item = &str> {
        self.read.unused.iter().chain(&self.unused).map(String::as_str)
    }

    /// Bytes of the files of weights.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes.len() as u64).sum()
    }

    /// The SHA-256 of each file of weights, by its name: what `sha256sum` says.
    pub fn hashes(&self) -> Vec<(&str, String)> {
        let hex =
            |file: &WeightFile| Sha256::digest(&file.bytes).iter().map(|b| format!("{b:02x}")).collect();
        self.files.iter().map(|file| (file.name.as_str(), hex(file))).collect()
    }

    /// The tensors, in the order of the file.
    pub fn tensors(&self) -> Vec<Tensor<'_>> {
        self.places.iter().map(|place| place.tensor(&self.files)).collect()
    }

    /// Number of weights.
    pub fn parameters(&self) -> u64 {
        self.tensors().iter().map(|tensor| tensor.elements() as u64).sum()
    }

    /// The model, fast: its matrices are the bytes kept here.
    ///
    /// # Errors
    /// [`Refusal`] of weights that are not those of the configuration, or that are no numbers.
    pub fn fast(&self) -> Result<FastModel<'_>, Refusal> {
        self.finite()?;
        let model = FastModel::new(self.read.config.clone(), self.format.naming(), self.tensors());
        ready::is_there_if(&model);
        model.at(&self.place)
    }

    /// The readable model, in which things can be seen and changed; it takes four bytes a weight.
    ///
    /// # Errors
    /// [`Refusal`] of weights that are not those of the configuration or that are no numbers, or of a model for which the
    /// machine has not enough memory.
    pub fn twin(&self) -> Result<Model, Refusal> {
        enough_memory(&self.place, self.bytes() + READABLE * self.parameters())?;
        self.finite()?;
        let model = Model::new(self.read.config.clone(), self.format.naming(), &self.tensors());
        ready::is_there_if(&model);
        model.at(&self.place)
    }

    /// Weights that are NaN or infinite would make every logit NaN, and nobody would know whose fault that is. To look
    /// takes as long as a token or two.
    fn finite(&self) -> Result<(), Refusal> {
        let tensors = self.tensors();
        let found: Vec<NotFinite<'_>> =
            tensors.par_iter().flat_map_iter(|tensor| not_finite([tensor])).collect();
        let Some(first) = found.first() else { return Ok(()) };
        let (tensor, weights) = (name(first.tensor), first.nan + first.infinite);
        let place = self.place.as_str();
        let refused = named![place, tensor, weights, tensors = found.len()];
        Err(Refusal(WORDS.with("refused.not-finite", &refused)))
    }

    /// The ids of a text from outside, behind the tokens that begin every text. What a tokenizer puts behind a text is
    /// left out: the model is to go on.
    ///
    /// # Errors
    /// [`Refusal`] of a text that the tokenizer has no tokens for.
    pub fn ids(&self, text: &str) -> Result<Vec<TokenId>, Refusal> {
        let ids = self.tokenizer.ids(text, Allowed::None).at(&self.place)?;
        Ok([self.tokenizer.frame().0, &ids].concat())
    }

    /// The text of ids; what is no text is shown as a sign for it.
    pub fn text(&self, ids: &[TokenId]) -> String {
        let bytes = self.tokenizer.decode_bytes(ids).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The token that begins every text, if there is one.
    pub fn begin(&self) -> Option<TokenId> {
        self.tokenizer.frame().0.first().copied()
    }

    /// The template of its chats as it stands in the file.
    pub fn template(&self) -> Option<&str> {
        self.template.as_deref()
    }

    /// The file or folder, as the person named it.
    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    /// Another template in its place.
    #[cfg(test)]
    pub(crate) fn set_template(&mut self, template: Option<String>) {
        self.template = template;
    }

    /// A chat as the text that the model was trained with; `None` if it brings no template.
    ///
    /// # Errors
    /// [`Refusal`] of a template that cannot be read, or refuses the messages. `date`: what one gets that asks for
    /// today's.
    pub fn chat(&self, messages: &[Message<'_>], date: Option<&str>) -> Option<Result<String, Refusal>> {
        let template = self.template.as_deref()?;
        let word = |id: Option<TokenId>| id.and_then(|id| self.tokenizer.token(id)).unwrap_or_default();
        let (bos, eos) = (word(self.begin.or(self.begin())), word(self.ends.first().copied()));
        let options = ChatOptions { add_generation_prompt: true, bos: &bos, eos: &eos, date };
        let rendered = ChatTemplate::new(template).and_then(|template| template.render(messages, options));
        Some(rendered.at(&self.place))
    }
}
