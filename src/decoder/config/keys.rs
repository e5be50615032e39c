//! A file's keys and values, whoever reads them.

/// Keys with values, as the metadata of a GGUF file has them.
///
/// A value is asked for as what it should be; one of another type is as good as missing, and whoever needs
/// it says so.
pub trait Keys {
    /// All keys, in the order of the file.
    fn keys(&self) -> Vec<String>;

    /// A whole number that is not negative; of a flag 0 or 1.
    fn whole(&self, key: &str) -> Option<u64>;

    /// A number.
    fn number(&self, key: &str) -> Option<f64>;

    /// A word.
    fn word(&self, key: &str) -> Option<String>;

    /// A list of whole numbers or flags.
    fn wholes(&self, key: &str) -> Option<Vec<u64>>;

    /// A value of whatever type, as a refusal shows it.
    fn shown(&self, key: &str) -> String;
}
