//! What an accelerator can do, from the data sheets of those who make it.

use super::BudgetError;
use super::published::{distance, plain};
use super::words::Source;

/// What reports the memory of an accelerator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reported {
    /// `nvidia-smi`.
    NvidiaSmi,
    /// `amd-smi`.
    AmdSmi,
    /// `npu-smi`.
    NpuSmi,
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
    /// Dense bf16 operations a second, sums in `f32`; `None` where the maker prints none.
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

/// Peak numbers. No program reaches them; they are bounds.
pub const ACCELERATORS: [Accelerator; 16] = [
    Accelerator {
        name: "A100 80GB",
        also: &["a100", "a100 sxm", "a100 80gb sxm"],
        printed: 80,
        mib: 81_920,
        reported: Reported::NvidiaSmi,
        bandwidth: 2.039e12,
        flops: Some(312e12),
        source: Source::A100,
    },
    Accelerator {
        name: "A800 80GB",
        also: &["a800", "a800 sxm", "a800 80gb sxm"],
        printed: 80,
        mib: 81_920,
        reported: Reported::NvidiaSmi,
        bandwidth: 2.039e12,
        flops: Some(312e12),
        source: Source::A800,
    },
    Accelerator {
        name: "H100 SXM",
        also: &["h100", "h100 80gb", "h100 80gb sxm"],
        printed: 80,
        mib: 81_559,
        reported: Reported::NvidiaSmi,
        bandwidth: 3.35e12,
        flops: Some(989e12),
        source: Source::H100,
    },
    Accelerator {
        name: "H800 SXM",
        also: &["h800", "h800 80gb"],
        printed: 80,
        mib: 81_559,
        reported: Reported::NvidiaSmi,
        bandwidth: 3.35e12,
        flops: Some(989e12),
        source: Source::H800,
    },
    Accelerator {
        name: "H200 SXM",
        also: &["h200", "h200 141gb"],
        printed: 141,
        mib: 143_771,
        reported: Reported::NvidiaSmi,
        bandwidth: 4.8e12,
        flops: Some(989e12),
        source: Source::H200,
    },
    Accelerator {
        name: "H20 96GB",
        also: &["h20"],
        printed: 96,
        mib: 97_871,
        reported: Reported::NvidiaSmi,
        bandwidth: 4.0e12,
        flops: Some(148e12),
        source: Source::H20,
    },
    Accelerator {
        name: "MI300X",
        also: &["instinct mi300x"],
        printed: 192,
        mib: 196_592,
        reported: Reported::AmdSmi,
        bandwidth: 5.3e12,
        flops: Some(1307.4e12),
        source: Source::Mi300x,
    },
    Accelerator {
        name: "Ascend 910B",
        also: &["910b", "昇腾910b", "昇腾 910b", "华为昇腾910b"],
        printed: 64,
        mib: 65_536,
        reported: Reported::NpuSmi,
        bandwidth: 1.6e12,
        flops: None,
        source: Source::Ascend910b,
    },
    Accelerator {
        name: "TPU v5e",
        also: &["v5e", "tpuv5e"],
        printed: 16,
        mib: 16_384,
        reported: Reported::BuiltIn,
        bandwidth: 0.819e12,
        flops: Some(197e12),
        source: Source::TpuV5e,
    },
    Accelerator {
        name: "L40S",
        also: &[],
        printed: 48,
        mib: 46_068,
        reported: Reported::NvidiaSmi,
        bandwidth: 0.864e12,
        flops: Some(362e12),
        source: Source::L40s,
    },
    Accelerator {
        name: "L20",
        also: &[],
        printed: 48,
        mib: 46_068,
        reported: Reported::NvidiaSmi,
        bandwidth: 0.864e12,
        flops: Some(119.5e12),
        source: Source::L20,
    },
    Accelerator {
        name: "A10",
        also: &[],
        printed: 24,
        mib: 23_028,
        reported: Reported::NvidiaSmi,
        bandwidth: 0.6e12,
        flops: Some(125e12),
        source: Source::A10,
    },
    Accelerator {
        name: "RTX 5090",
        also: &["5090", "geforce rtx 5090"],
        printed: 32,
        mib: 32_607,
        reported: Reported::NvidiaSmi,
        bandwidth: 1.792e12,
        flops: Some(209.5e12),
        source: Source::Rtx5090,
    },
    Accelerator {
        name: "RTX 4090",
        also: &["4090", "geforce rtx 4090"],
        printed: 24,
        mib: 24_564,
        reported: Reported::NvidiaSmi,
        bandwidth: 1.008e12,
        flops: Some(165e12),
        source: Source::Rtx4090,
    },
    Accelerator {
        name: "RTX 4090 D",
        also: &["4090d", "geforce rtx 4090 d"],
        printed: 24,
        mib: 24_564,
        reported: Reported::NvidiaSmi,
        bandwidth: 1.008e12,
        flops: Some(147e12),
        source: Source::Rtx4090d,
    },
    Accelerator {
        name: "M2 Ultra",
        also: &["m2ultra", "apple m2 ultra"],
        printed: 192,
        mib: 196_608,
        reported: Reported::BuiltIn,
        bandwidth: 0.8e12,
        flops: None,
        source: Source::M2Ultra,
    },
];

/// The accelerator of a name. Capitals, blanks and punctuation do not matter. No name is completed: one more
/// letter can be another product, as with H20 and H200.
///
/// # Errors
/// [`BudgetError::UnknownAccelerator`] with the names that are known, the nearest first.
///
/// # Examples
/// ```
/// use concepts::budget::accelerator;
/// assert_eq!(accelerator("h100-sxm")?.bandwidth, 3.35e12);
/// assert_eq!(accelerator("h20")?.name, "H20 96GB");
/// let error = accelerator("rtx 4080").unwrap_err().to_string();
/// assert!(error.contains("the nearest are RTX 4090"));
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn accelerator(name: &str) -> Result<&'static Accelerator, BudgetError> {
    let wanted = plain(name);
    let called = |this: &&Accelerator| {
        plain(this.name) == wanted || this.also.iter().any(|other| plain(other) == wanted)
    };
    if let Some(found) = ACCELERATORS.iter().find(called) {
        return Ok(found);
    }
    let mut nearest = ACCELERATORS.map(|this| this.name);
    nearest.sort_by_key(|known| distance(&plain(known), &wanted));
    Err(BudgetError::UnknownAccelerator { name: name.into(), nearest: nearest.map(String::from).to_vec() })
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

    /// A name that is cut short or goes on is no name, or that of another product in the table.
    #[test]
    fn no_name_is_completed_to_another_product() {
        for this in &ACCELERATORS {
            for (end, _) in this.name.char_indices().skip(1) {
                let cut = &this.name[..end];
                let found = accelerator(cut).ok();
                let said = found.is_none_or(|found| {
                    [found.name].iter().chain(found.also).any(|name| plain(name) == plain(cut))
                });
                assert!(said, "{cut}");
            }
            assert!(accelerator(&format!("{}0", this.name)).is_err(), "{}", this.name);
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
            assert!(this.ridge().is_none_or(|ridge| (30.0..500.0).contains(&ridge)), "{}", this.name);
        }
    }
}
