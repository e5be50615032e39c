//! What an accelerator can do, from the data sheets of those who make it.
//!
//! | file | what it holds |
//! |---|---|
//! | `table` | the accelerators |

mod table;

use super::BudgetError;
use super::published::{alike, plain};
use super::words::Source;
pub use table::ACCELERATORS;

/// What reports the memory of an accelerator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reported {
    /// `nvidia-smi`.
    NvidiaSmi,
    /// `amd-smi`.
    AmdSmi,
    /// `npu-smi`.
    NpuSmi,
    /// `hl-smi`.
    HlSmi,
    /// Nothing: what is built in, with GB of 2³⁰ bytes.
    BuiltIn,
}

impl Reported {
    /// The name of the tool, if there is one.
    pub fn tool(self) -> Option<&'static str> {
        match self {
            Reported::NvidiaSmi => Some("nvidia-smi"),
            Reported::AmdSmi => Some("amd-smi"),
            Reported::NpuSmi => Some("npu-smi"),
            Reported::HlSmi => Some("hl-smi"),
            Reported::BuiltIn => None,
        }
    }
}

/// An accelerator, as far as its data sheet says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accelerator {
    /// What it is called.
    pub name: &'static str,
    /// Other names for exactly this product.
    pub also: &'static [&'static str],
    /// Memory as the maker prints it, in GB. It is neither 10⁹ nor quite 2³⁰ bytes: see `mib`.
    pub printed: u64,
    /// Memory that a program finds, in MiB: what is printed without what the hardware keeps.
    pub mib: u64,
    /// What reports that.
    pub reported: Reported,
    /// Bytes a second between memory and processor.
    pub bandwidth: f64,
    /// Dense bf16 operations a second, sums in `f32`, or fp16 where there is no bf16; `None` where the maker prints
    /// none.
    pub flops: Option<f64>,
    /// Where the numbers stand.
    pub source: Source,
}

impl Accelerator {
    /// Memory in bytes, as a program finds it.
    ///
    /// # Examples
    /// ```
    /// use concepts::budget::{accelerator, gib};
    /// let h100 = accelerator("h100")?; // "80 GB"
    /// assert_eq!(format!("{:.1}", gib(h100.memory())), "79.6");
    /// # Ok::<(), concepts::budget::BudgetError>(())
    /// ```
    pub fn memory(&self) -> u64 {
        self.mib << 20
    }

    /// Operations a byte at which arithmetic and memory take equally long: the ridge of the roofline.
    ///
    /// # Formula
    /// `flops / bandwidth`, in FLOPs a byte
    ///
    /// # Reference
    /// Williams, Waterman & Patterson 2009, *Roofline*.
    ///
    /// # Examples
    /// ```
    /// use concepts::budget::accelerator;
    /// assert_eq!(accelerator("a100")?.ridge().map(f64::round), Some(153.0));
    /// assert_eq!(accelerator("m2 ultra")?.ridge(), None);
    /// # Ok::<(), concepts::budget::BudgetError>(())
    /// ```
    pub fn ridge(&self) -> Option<f64> {
        self.flops.map(|flops| flops / self.bandwidth)
    }
}

/// What makers and their tools write before a name.
const MAKERS: [&str; 10] =
    ["nvidia", "tesla", "geforce", "amd", "instinct", "apple", "google", "cloud", "intel", "huawei"];

/// The accelerator of a name, as people write it or as `nvidia-smi` prints it. Capitals, blanks, punctuation and the
/// name of the maker do not matter. No name is completed: one more letter can be another product, as with H20 and
/// H200.
///
/// # Errors
/// [`BudgetError::UnknownAccelerator`] with the nearest names, if any is like it.
///
/// # Examples
/// ```
/// use concepts::budget::accelerator;
/// assert_eq!(accelerator("h100-sxm")?.bandwidth, 3.35e12);
/// assert_eq!(accelerator("h20")?.name, "H20 96GB");
/// assert_eq!(accelerator("NVIDIA GeForce RTX 3090")?.name, "RTX 3090");
/// let error = accelerator("rtx 4095").unwrap_err().to_string();
/// assert!(error.contains("the nearest are RTX 4090"));
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn accelerator(name: &str) -> Result<&'static Accelerator, BudgetError> {
    let wanted = bare(name);
    let called = |this: &&Accelerator| names(this).any(|known| bare(known) == wanted);
    if let Some(found) = ACCELERATORS.iter().find(called) {
        return Ok(found);
    }
    let known = ACCELERATORS.iter().map(|this| (this.name, names(this).map(bare).collect()));
    Err(BudgetError::UnknownAccelerator { name: name.into(), nearest: alike(known, &wanted) })
}

fn names(this: &Accelerator) -> impl Iterator<Item = &'static str> {
    [this.name].into_iter().chain(this.also.iter().copied())
}

/// Letters and digits of a name, without the maker's.
fn bare(name: &str) -> String {
    let mut rest = plain(name);
    for maker in MAKERS {
        if let Some(behind) = rest.strip_prefix(maker) {
            rest = behind.into();
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::gib;

    #[test]
    fn every_name_finds_its_own_product() {
        for this in &ACCELERATORS {
            for name in [this.name].iter().chain(this.also) {
                assert_eq!(accelerator(name), Ok(this), "{name}");
                assert_eq!(accelerator(&name.to_lowercase().replace(' ', "-")), Ok(this), "{name}");
            }
        }
        assert_eq!(accelerator("昇腾 910B").map(|this| this.name), Ok("Ascend 910B"));
    }

    #[test]
    fn names_are_found_as_tools_print_them() {
        for (printed, name) in [
            ("NVIDIA GeForce RTX 4090", "RTX 4090"),
            ("NVIDIA GeForce RTX 3060", "RTX 3060 12GB"),
            ("NVIDIA H100 80GB HBM3", "H100 SXM"),
            ("NVIDIA H100 PCIe", "H100 PCIe"),
            ("A100-SXM4-80GB", "A100 80GB"),
            ("NVIDIA A100-SXM4-40GB", "A100 40GB"),
            ("NVIDIA A100 80GB PCIe", "A100 80GB PCIe"),
            ("Tesla V100-SXM2-16GB", "V100 16GB"),
            ("Tesla T4", "T4"),
            ("NVIDIA RTX 6000 Ada Generation", "RTX 6000 Ada"),
            ("AMD Instinct MI300X", "MI300X"),
            ("Apple M4 Max", "M4 Max"),
        ] {
            assert_eq!(accelerator(printed).map(|this| this.name), Ok(name), "{printed}");
        }
    }

    #[test]
    fn nothing_is_called_near_that_is_not_alike() {
        let nearest = |name| match accelerator(name) {
            Err(BudgetError::UnknownAccelerator { nearest, .. }) => nearest,
            found => panic!("{found:?}"),
        };
        assert!(nearest("abacus").is_empty());
        assert_eq!(nearest("rtx 4095")[0], "RTX 4090");
    }

    /// A name that is cut short or goes on is no name, or that of another product in the table.
    #[test]
    fn no_name_is_completed_to_another_product() {
        for this in &ACCELERATORS {
            let cut = this.name.char_indices().skip(1).map(|(end, _)| this.name[..end].to_string());
            for name in cut.chain([format!("{}0", this.name)]) {
                let found = accelerator(&name).ok();
                let said = found.is_none_or(|found| {
                    [found.name].iter().chain(found.also).any(|known| plain(known) == plain(&name))
                });
                assert!(said, "{name}");
            }
        }
        for unknown in ["h", "", " ", "abacus", "rtx", "h2", "a1"] {
            assert!(accelerator(unknown).is_err(), "{unknown}");
        }
        let (h20, h200) = (accelerator("h20").unwrap(), accelerator("h200").unwrap());
        assert_eq!((h20.printed, h20.ridge()), (96, Some(37.0)));
        assert_eq!((h200.printed, h200.ridge().map(f64::round)), (141, Some(206.0)));
    }

    /// What a program finds is a little less than the printed number of 2³⁰ bytes, and more than that of 10⁹.
    #[test]
    fn memory_is_close_to_what_the_maker_prints() {
        for this in &ACCELERATORS {
            let share = gib(this.memory()) / this.printed as f64;
            assert!((0.93..=1.0).contains(&share), "{}: {share}", this.name);
        }
        let shown = |name| format!("{:.1}", gib(accelerator(name).unwrap().memory()));
        assert_eq!(["h100", "rtx 4090", "h200"].map(shown), ["79.6", "24.0", "140.4"]);
    }

    #[test]
    fn peaks_are_dense_and_of_a_size_that_hardware_has() {
        for this in &ACCELERATORS {
            assert!((1e11..1e13).contains(&this.bandwidth), "{}", this.name);
            assert!(this.ridge().is_none_or(|ridge| (30.0..600.0).contains(&ridge)), "{}", this.name);
        }
    }
}
