//! What an accelerator can do, from the data sheets of those who make it.

use super::ModelError;

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
    /// use concepts::model::accelerator;
    /// assert_eq!(accelerator("a100")?.ridge().map(f64::round), Some(153.0));
    /// assert_eq!(accelerator("m2 ultra")?.ridge(), None);
    /// # Ok::<(), concepts::model::ModelError>(())
    /// ```
    pub fn ridge(&self) -> Option<f64> {
        self.flops.map(|flops| flops / self.bandwidth)
    }
}

const GB: u64 = 1_000_000_000;

/// Peak numbers. No program reaches them; they are bounds.
pub const ACCELERATORS: [Accelerator; 4] = [
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

/// The accelerator of a name, or of the beginning of one. Capitals, blanks and punctuation do not matter.
///
/// # Errors
/// [`ModelError::UnknownAccelerator`] with the names that are known.
///
/// # Examples
/// ```
/// use concepts::model::accelerator;
/// assert_eq!(accelerator("h100-sxm")?.bandwidth, 3.35e12);
/// assert!(accelerator("abacus").unwrap_err().to_string().contains("RTX 4090"));
/// # Ok::<(), concepts::model::ModelError>(())
/// ```
pub fn accelerator(name: &str) -> Result<&'static Accelerator, ModelError> {
    let wanted = super::published::plain(name);
    let mut known = ACCELERATORS.iter();
    let found =
        known.find(|this| !wanted.is_empty() && super::published::plain(this.name).starts_with(&wanted));
    found.ok_or_else(|| {
        let known = ACCELERATORS.map(|this| this.name).join(", ");
        ModelError::UnknownAccelerator { name: name.into(), known }
    })
}
