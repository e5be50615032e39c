//! What an accelerator can do, from the data sheets of those who make it.

use super::BudgetError;
use super::published::{distance, plain};

/// An accelerator, as far as its data sheet says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accelerator {
    /// What it is called.
    pub name: &'static str,
    /// Memory in bytes; GB are read as 10⁹ bytes, the careful reading.
    pub memory: u64,
    /// Bytes a second between memory and processor.
    pub bandwidth: f64,
    /// Dense bf16 operations a second, sums in `f32`; `None` where the maker prints none.
    pub flops: Option<f64>,
    /// Where the numbers stand.
    pub source: &'static str,
}

impl Accelerator {
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

const GB: u64 = 1_000_000_000;

/// Peak numbers. No program reaches them; they are bounds.
pub const ACCELERATORS: [Accelerator; 8] = [
    Accelerator {
        name: "A100 80GB",
        memory: 80 * GB,
        bandwidth: 2.039e12,
        flops: Some(312e12),
        source: "NVIDIA A100 data sheet, SXM, 80 GB, without sparsity",
    },
    Accelerator {
        name: "H100 SXM",
        memory: 80 * GB,
        bandwidth: 3.35e12,
        flops: Some(989e12),
        source: "NVIDIA H100 data sheet, SXM, without sparsity",
    },
    Accelerator {
        name: "H200 SXM",
        memory: 141 * GB,
        bandwidth: 4.8e12,
        flops: Some(989e12),
        source: "NVIDIA H200 data sheet, SXM, without sparsity",
    },
    Accelerator {
        name: "MI300X",
        memory: 192 * GB,
        bandwidth: 5.3e12,
        flops: Some(1307.4e12),
        source: "AMD Instinct MI300X data sheet, without sparsity",
    },
    Accelerator {
        name: "TPU v5e",
        memory: 16 * GB,
        bandwidth: 0.819e12,
        flops: Some(197e12),
        source: "Google Cloud TPU v5e documentation, one chip",
    },
    Accelerator {
        name: "L40S",
        memory: 48 * GB,
        bandwidth: 0.864e12,
        flops: Some(362e12),
        source: "NVIDIA L40S data sheet, without sparsity",
    },
    Accelerator {
        name: "RTX 4090",
        memory: 24 * GB,
        bandwidth: 1.008e12,
        flops: Some(165e12),
        source: "NVIDIA Ada GPU architecture whitepaper, bf16 with f32 sums, without sparsity",
    },
    Accelerator {
        name: "M2 Ultra",
        memory: 192 * GB,
        bandwidth: 0.8e12,
        flops: None,
        source: "Apple M2 Ultra, technical specifications; largest memory",
    },
];

/// The accelerator of a name, or of a beginning that only one has. Capitals, blanks and punctuation do not
/// matter.
///
/// # Errors
/// [`BudgetError::UnknownAccelerator`] with the names that are known, the nearest first.
///
/// # Examples
/// ```
/// use concepts::budget::accelerator;
/// assert_eq!(accelerator("h100-sxm")?.bandwidth, 3.35e12);
/// let error = accelerator("rtx 4080").unwrap_err().to_string();
/// assert!(error.contains("the nearest are RTX 4090"));
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn accelerator(name: &str) -> Result<&'static Accelerator, BudgetError> {
    let wanted = plain(name);
    let mut begun = ACCELERATORS.iter().filter(|this| plain(this.name).starts_with(&wanted));
    if let (false, Some(found), None) = (wanted.is_empty(), begun.next(), begun.next()) {
        return Ok(found);
    }
    let mut nearest = ACCELERATORS.map(|this| this.name);
    nearest.sort_by_key(|known| distance(&plain(known), &wanted));
    Err(BudgetError::UnknownAccelerator { name: name.into(), nearest: nearest.map(String::from).to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_or_its_beginning_is_found_if_it_is_the_only_one() {
        for this in &ACCELERATORS {
            assert_eq!(accelerator(this.name), Ok(this));
            assert_eq!(accelerator(&this.name.to_lowercase().replace(' ', "-")), Ok(this));
        }
        assert_eq!(accelerator("rtx").map(|this| this.name), Ok("RTX 4090"));
        for several_or_none in ["h", "", " ", "abacus"] {
            assert!(accelerator(several_or_none).is_err(), "{several_or_none}");
        }
    }

    #[test]
    fn peaks_are_dense_and_of_a_size_that_hardware_has() {
        for this in &ACCELERATORS {
            assert!((10 * GB..1000 * GB).contains(&this.memory) && (1e11..1e13).contains(&this.bandwidth));
            assert!(this.ridge().is_none_or(|ridge| (100.0..500.0).contains(&ridge)), "{}", this.name);
        }
    }
}
