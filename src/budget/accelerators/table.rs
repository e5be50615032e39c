//! The accelerators: peak numbers of data sheets, and the memory that a program finds.

use super::{Accelerator, Reported};
use crate::budget::words::Source;

/// Rows of the table: a name, other names, GB as printed, MiB as found and by what, bytes a second, operations a
/// second, where the numbers stand.
macro_rules! accelerators {
    ($($name:literal, $also:expr, $printed:literal, $mib:literal $tool:ident, $bandwidth:literal, $flops:expr, $source:ident;)+) => {
        /// Peak numbers. No program reaches them; they are bounds.
        pub const ACCELERATORS: [Accelerator; [$($name),+].len()] = [$(Accelerator {
            name: $name,
            also: &$also,
            printed: $printed,
            mib: $mib,
            reported: Reported::$tool,
            bandwidth: $bandwidth,
            flops: $flops,
            source: Source::$source,
        },)+];
    };
}

accelerators! {
    "A100 80GB", ["a100", "a100 sxm", "a100 80gb sxm", "a100 sxm4 80gb"], 80, 81_920 NvidiaSmi, 2.039e12, Some(312e12), A100;
    "A100 80GB PCIe", ["a100 pcie 80gb"], 80, 81_920 NvidiaSmi, 1.935e12, Some(312e12), A100Pcie;
    "A100 40GB", ["a100 sxm4 40gb", "a100 pcie 40gb", "a100 40gb sxm", "a100 40gb pcie"], 40, 40_960 NvidiaSmi, 1.555e12, Some(312e12), A100Small;
    "A800 80GB", ["a800", "a800 sxm", "a800 80gb sxm", "a800 sxm4 80gb"], 80, 81_920 NvidiaSmi, 2.039e12, Some(312e12), A800;
    "H100 SXM", ["h100", "h100 80gb", "h100 80gb sxm", "h100 sxm5", "h100 80gb hbm3"], 80, 81_559 NvidiaSmi, 3.35e12, Some(989e12), H100;
    "H100 PCIe", ["h100 80gb pcie"], 80, 81_559 NvidiaSmi, 2.0e12, Some(756e12), H100Pcie;
    "H100 NVL", ["h100 94gb"], 94, 95_830 NvidiaSmi, 3.9e12, Some(835e12), H100Nvl;
    "H800 SXM", ["h800", "h800 80gb"], 80, 81_559 NvidiaSmi, 3.35e12, Some(989e12), H800;
    "H200 SXM", ["h200", "h200 141gb"], 141, 143_771 NvidiaSmi, 4.8e12, Some(989e12), H200;
    "H20 96GB", ["h20"], 96, 97_871 NvidiaSmi, 4.0e12, Some(148e12), H20;
    "B200", ["b200 180gb", "b200 sxm"], 180, 183_359 NvidiaSmi, 8.0e12, Some(2250e12), B200;
    "GB200", ["gb200 nvl72"], 186, 189_471 NvidiaSmi, 8.0e12, Some(2500e12), Gb200;
    "V100 32GB", ["v100", "v100 sxm2", "v100 sxm2 32gb"], 32, 32_768 NvidiaSmi, 0.9e12, Some(125e12), V100;
    "V100 16GB", ["v100 sxm2 16gb"], 16, 16_384 NvidiaSmi, 0.9e12, Some(125e12), V100;
    "T4", [], 16, 15_360 NvidiaSmi, 0.32e12, Some(65e12), T4;
    "L4", [], 24, 23_034 NvidiaSmi, 0.3e12, Some(121e12), L4;
    "L40", [], 48, 46_068 NvidiaSmi, 0.864e12, Some(181e12), L40;
    "L40S", [], 48, 46_068 NvidiaSmi, 0.864e12, Some(362e12), L40s;
    "L20", [], 48, 46_068 NvidiaSmi, 0.864e12, Some(119.5e12), L20;
    "A10", [], 24, 23_028 NvidiaSmi, 0.6e12, Some(125e12), A10;
    "A10G", [], 24, 23_028 NvidiaSmi, 0.6e12, Some(70e12), A10g;
    "A40", [], 48, 46_068 NvidiaSmi, 0.696e12, Some(149.7e12), A40;
    "RTX A6000", ["a6000"], 48, 49_140 NvidiaSmi, 0.768e12, Some(154.8e12), A6000;
    "RTX 6000 Ada", ["6000 ada", "rtx 6000 ada generation"], 48, 49_140 NvidiaSmi, 0.96e12, Some(364.2e12), Rtx6000Ada;
    "RTX PRO 6000", ["pro 6000", "rtx pro 6000 blackwell", "rtx pro 6000 blackwell workstation edition"], 96, 97_887 NvidiaSmi, 1.792e12, Some(503.8e12), RtxPro6000;
    "RTX 5090", ["5090"], 32, 32_607 NvidiaSmi, 1.792e12, Some(209.5e12), Rtx5090;
    "RTX 5080", ["5080"], 16, 16_303 NvidiaSmi, 0.96e12, Some(112.6e12), Rtx5090;
    "RTX 5070 Ti", ["5070 ti"], 16, 16_303 NvidiaSmi, 0.896e12, Some(87.9e12), Rtx5090;
    "RTX 5070", ["5070"], 12, 12_227 NvidiaSmi, 0.672e12, Some(61.7e12), Rtx5090;
    "RTX 4090", ["4090"], 24, 24_564 NvidiaSmi, 1.008e12, Some(165.2e12), Rtx4090;
    "RTX 4090 D", ["4090d"], 24, 24_564 NvidiaSmi, 1.008e12, Some(147.1e12), Rtx4090d;
    "RTX 4080", ["4080"], 16, 16_376 NvidiaSmi, 0.7168e12, Some(97.5e12), Rtx4090;
    "RTX 4070", ["4070"], 12, 12_282 NvidiaSmi, 0.504e12, None, GeForce;
    "RTX 4060 Ti 16GB", ["4060 ti", "rtx 4060 ti"], 16, 16_380 NvidiaSmi, 0.288e12, None, GeForce;
    "RTX 4060", ["4060"], 8, 8188 NvidiaSmi, 0.272e12, None, GeForce;
    "RTX 3090", ["3090"], 24, 24_576 NvidiaSmi, 0.936e12, Some(71e12), Rtx3090;
    "RTX 3080 10GB", ["3080", "rtx 3080"], 10, 10_240 NvidiaSmi, 0.76e12, Some(59.5e12), Rtx3090;
    "RTX 3070", ["3070"], 8, 8192 NvidiaSmi, 0.448e12, Some(40.6e12), Rtx3090;
    "RTX 3060 12GB", ["3060", "rtx 3060"], 12, 12_288 NvidiaSmi, 0.36e12, None, GeForce;
    "MI300X", [], 192, 196_592 AmdSmi, 5.3e12, Some(1307.4e12), Mi300x;
    "Gaudi 2", ["hl-225"], 96, 98_304 HlSmi, 2.45e12, Some(432e12), Gaudi2;
    "Gaudi 3", ["hl-325"], 128, 131_072 HlSmi, 3.7e12, Some(1835e12), Gaudi3;
    "Ascend 910B", ["910b", "昇腾910b", "昇腾 910b", "华为昇腾910b"], 64, 65_536 NpuSmi, 1.6e12, None, Ascend910b;
    "TPU v4", ["v4", "tpuv4"], 32, 32_768 BuiltIn, 1.2e12, Some(275e12), Tpu;
    "TPU v5e", ["v5e", "tpuv5e"], 16, 16_384 BuiltIn, 0.819e12, Some(197e12), TpuV5e;
    "TPU v5p", ["v5p", "tpuv5p"], 95, 97_280 BuiltIn, 2.765e12, Some(459e12), Tpu;
    "TPU v6e", ["v6e", "tpuv6e", "trillium"], 32, 32_768 BuiltIn, 1.638e12, Some(918e12), Tpu;
    "M2 Ultra", ["m2ultra"], 192, 196_608 BuiltIn, 0.8e12, None, M2Ultra;
    "M3 Ultra", ["m3ultra"], 512, 524_288 BuiltIn, 0.819e12, None, Apple;
    "M3 Max", ["m3max"], 128, 131_072 BuiltIn, 0.4e12, None, Apple;
    "M4 Max", ["m4max"], 128, 131_072 BuiltIn, 0.546e12, None, Apple;
}
