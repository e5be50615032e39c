//! A folder of Hugging Face.

use std::path::{Path, PathBuf};

use concepts::decoder::Config;
use concepts::tokenizer::files::{Kind, Loaded, from_bytes};
use concepts::weights::SafeTensors;
use serde_json::Value;

use super::beside::Folder;
use super::bytes::{WeightFile, enough_memory};
use super::lost::lost_beside;
use super::opened::{Format, Real};
use super::places::Place;
use super::settings::Settings;
use crate::errors::At;
use crate::kit::files::{read, read_text};
use crate::kit::knob::Refusal;
use crate::kit::reading::place;

const INDEX: &str = "model.safetensors.index.json";
const SINGLE: &str = "model.safetensors";
/// The files that a tokenizer stands in, the best first.
const TOKENIZERS: [&str; 3] = ["tokenizer.json", "tekken.json", "tokenizer.model"];
pub(super) fn open(path: &Path, flag: &'static str) -> Result<Real, Refusal> {
    let folder = Folder { path, flag };
    let config = folder.need("config.json")?;
    let mut read = Config::from_huggingface(&config, "config.json").at(folder.place())?;
    let mut settings = Settings::read(&folder, &config)?;
    let Loaded { tokenizer, kind, unused } = folder.tokenizer()?;
    let (files, places) = folder.weights()?;
    let tensors: Vec<_> = places.iter().map(|place| place.tensor(&files)).collect();
    let tied = read.config.tied;
    read.config = read.config.as_stored(Format::SafeTensors.naming(), &tensors);
    drop(tensors);
    if read.config.tied != tied {
        // The head in the file is another matrix, and is used.
        read.unused.push("tie_word_embeddings".into());
    }
    let name = path.canonicalize().unwrap_or_else(|_| path.into());
    let name = name.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let (begin, ends) = settings.around(&tokenizer, read.config.vocab);
    // Of a model of SentencePiece they are named by themselves.
    if kind != Kind::SentencePiece {
        settings.beside(&tokenizer);
    }
    Ok(Real {
        name,
        format: Format::SafeTensors,
        tokenizer,
        ends,
        place: folder.place(),
        files,
        places,
        read,
        begin,
        template: settings.template,
        unused: [unused, settings.unused].concat(),
    })
}

impl Folder<'_> {
    /// The tokenizer, and what of its file was not used.
    fn tokenizer(&self) -> Result<Loaded, Refusal> {
        let there = TOKENIZERS.iter().map(|name| self.path.join(name)).find(|path| path.exists());
        let path = there.ok_or_else(|| self.lacks(TOKENIZERS[0]))?;
        // Of JSON in another encoding the refusal names it, and how it is converted.
        let json = path.extension().is_some_and(|ending| ending == "json");
        let bytes = match json {
            true => read_text(&path, &self.wanted())?.into_bytes(),
            false => read(&path, &self.wanted())?,
        };
        let loaded = from_bytes(&bytes, None).at(place(self.flag, &path))?;
        let lost = lost_beside(&path, &loaded);
        Ok(Loaded { unused: [loaded.unused, lost].concat(), ..loaded })
    }

    /// The files of weights, and where their tensors lie.
    fn weights(&self) -> Result<(Vec<WeightFile>, Vec<Place>), Refusal> {
        let index = self.text(INDEX)?;
        let paths = match &index {
            Some(index) => self.shards(index)?,
            None => vec![self.single()?],
        };
        let sizes = paths.iter().map(|path| path.metadata().map_or(0, |there| there.len()));
        enough_memory(&self.place(), sizes.sum())?;
        let files = paths.iter().map(|path| WeightFile::read(path, self.flag));
        let files: Vec<WeightFile> = files.collect::<Result<_, _>>()?;
        // What is wrong with a file is said of that file, and not of the folder.
        for (path, file) in paths.iter().zip(&files) {
            SafeTensors::parse(&file.bytes).at(place(self.flag, path))?;
        }
        let parsed = match &index {
            Some(index) => {
                let named: Vec<_> =
                    files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
                SafeTensors::parse_shards(index, &named)
            }
            None => SafeTensors::parse(&files[0].bytes),
        };
        let parsed = parsed.at(self.place())?;
        let places = parsed.tensors().filter_map(|tensor| Place::of(&tensor, &files)).collect();
        drop(parsed);
        Ok((files, places))
    }

    /// The one file of weights: by its usual name, or the only one of its kind.
    fn single(&self) -> Result<PathBuf, Refusal> {
        let usual = self.path.join(SINGLE);
        if usual.exists() {
            return Ok(usual);
        }
        let entries = std::fs::read_dir(self.path).into_iter().flatten().flatten();
        let mut found: Vec<_> = entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "safetensors"))
            .collect();
        match found.len() {
            1 => Ok(found.remove(0)),
            _ => Err(self.lacks(SINGLE)),
        }
    }

    /// The files that an index names. A name that leads out of the folder is none of them.
    fn shards(&self, index: &str) -> Result<Vec<PathBuf>, Refusal> {
        let index: Value = serde_json::from_str(index).unwrap_or_default();
        let map = index.get("weight_map").and_then(Value::as_object).into_iter().flatten();
        let mut names: Vec<&str> = map.filter_map(|(_, file)| file.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let inside = |name: &&str| Path::new(name).file_name().is_some_and(|only| only == *name);
        let paths = names.iter().filter(|name| inside(name)).map(|name| self.path.join(name));
        Ok(paths.filter(|path| path.exists()).collect())
    }
}
