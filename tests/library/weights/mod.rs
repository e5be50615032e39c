//! Files of model weights: the reference implementation's numbers, files that are damaged or hostile, and, where a
//! folder is named, whole published models.

mod blocks;
mod directory;
mod hostile;
mod made;
mod real;
mod safetensors;
