//! `BudgetError`.

use concepts::budget::words::{Asked, Beside, Field, Quantity, Source, Unread, Wanted};
use concepts::budget::{BudgetError, TableFault};

use super::Chinese;
use super::spacing::{first, last};

impl Chinese for BudgetError {
    fn chinese(&self) -> String {
        match self {
            Self::Unknown { name, nearest } => unknown_model(name, nearest),
            Self::Several { name, models } => {
                format!("“{name}”是一个系列，请写明是哪个模型，收录的有 {}", models.join("、"))
            }
            Self::NotJson { file, reason } => {
                let reason = reason.chinese();
                format!("{file}：无法按 JSON 对象读取（{reason}），请给出 Hugging Face 模型的 config.json")
            }
            Self::TooLarge { file, bytes, limit } => {
                format!(
                    "{file}：{bytes} 字节不像配置文件，config.json 一般只有几 KB（最多读取 {limit} 字节）"
                )
            }
            Self::Missing { file, field, model_type } => {
                format!("{file}：缺少字段“{field}”，{model_type} 的配置必须有它")
            }
            Self::WrongType { file, field, found, wanted } => {
                format!("{file}：字段“{field}”的值是 {found}，应为{}", last(wanted))
            }
            Self::UnknownType { file, model_type, nearest } => {
                format!("{file}：不认识 model_type“{model_type}”{}", closest(nearest))
            }
            Self::Adapter { file, kind, base } => adapter(file, kind, base),
            Self::NotConfiguration { file, what } => format!("{file}：{}", what.chinese()),
            Self::InTable { file, model_type, models } => in_table(file, model_type, models),
            Self::NotRead { file, model_type, reason } => {
                format!("{file}：model_type“{model_type}”暂不支持：{}", reason.chinese())
            }
            Self::UnknownRope { file, kind, known } => unknown_rope(file, kind, known),
            Self::HeadsDoNotDivide { name, heads, kv_heads } => format!(
                "{name}：{heads} 个 query 头没法平均分给 {kv_heads} 个 KV 头；num_key_value_heads 必须整除 num_attention_heads"
            ),
            Self::BadField { name, field, size, least, most } => {
                format!("{name}：{}是 {size}，应在 {least} 到 {most} 之间", first(field))
            }
            Self::NoHeadDim { file, d_model, heads } => {
                format!("{file}：hidden_size 是 {d_model}，{heads} 个头分不均，又没有“head_dim”，请补上")
            }
            Self::NotADecoder { name, what } => {
                format!("{name}：只有 decoder-only 模型才有{}，请换一个", what.chinese())
            }
            Self::WeightsDoNotFit { name, needed, memory } => {
                format!(
                    "{name}：权重要 {needed} 字节，显存只有 {memory} 字节，请换位数更少的格式，或更大的显存"
                )
            }
            Self::UnknownAccelerator { name, nearest } => unknown_accelerator(name, nearest),
            Self::Overflow { what } => {
                format!("{}超出整数的范围，请调小上下文或 batch", what.chinese())
            }
            Self::SizeOutOfRange { text } => {
                format!("“{text}”不在 1 到 10^18 字节之间，请给出实际设备的内存大小，如 80GiB")
            }
            Self::BadSize { text } => {
                format!("“{text}”不是带单位的大小，请写成 80GiB（2^30 字节）或 80GB（10^9 字节）")
            }
            Self::Table { reason } => format!("读不出已发布模型的表：{}", reason.chinese()),
        }
    }
}

fn in_table(file: &str, model_type: &str, models: &[String]) -> String {
    let (reason, models) = (Unread::OwnCode.chinese(), models.join("、"));
    format!("{file}：model_type“{model_type}”暂不支持：{reason}；已收录的公开模型里有 {models}")
}

fn adapter(file: &str, kind: &str, base: &str) -> String {
    format!("{file}：这是适配器（peft_type {kind}）的配置，请给基座模型 {base} 的 config.json")
}

fn unknown_accelerator(name: &str, nearest: &[String]) -> String {
    format!("没有收录加速卡“{name}”{}", closest(nearest))
}

fn closest(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { format!("，最接近的有 {}", nearest.join("、")) }
}

fn unknown_model(name: &str, nearest: &[String]) -> String {
    format!("没有收录模型“{name}”，最接近的有 {}", nearest.join("、"))
}

fn unknown_rope(file: &str, kind: &str, known: &str) -> String {
    format!("{file}：不认识 RoPE 的类型“{kind}”，支持 {known}")
}

impl Chinese for TableFault {
    fn chinese(&self) -> String {
        match self {
            Self::NotToml { .. } => "不是合法的 TOML".into(),
            Self::LacksField { id } => format!("模型 {id} 缺少字段"),
        }
    }
}

impl Chinese for Field {
    fn chinese(&self) -> String {
        match self {
            Self::DModel | Self::HeadDim | Self::DFf | Self::QRank | Self::KvRank => return self.to_string(),
            Self::Layers => "层数",
            Self::Heads => "头数",
            Self::Vocabulary => "词表大小",
            Self::EncoderLayers => "编码器层数",
            Self::LearnedPositions => "可学习位置数",
            Self::TokenTypes => "token 类型数",
            Self::RelativeBuckets => "相对位置桶数",
            Self::NormsPerLayer => "每层归一化的个数",
            Self::NumbersOfNorm => "每个归一化的参数个数",
            Self::Window => "窗口长度",
            Self::WindowedLayers => "带窗口的层数",
            Self::Experts => "专家数",
            Self::ActiveExperts => "激活的专家数",
            Self::SharedWidth => "共享专家的宽度",
            Self::ExpertWidth => "单个专家的宽度",
            Self::DenseLayers => "稠密层数",
            Self::Nope => "不含位置的宽度",
            Self::Rope => "旋转 key 的宽度",
            Self::ValueWidth => "value 头的宽度",
            Self::IndexHeads => "索引器的头数",
            Self::IndexWidth => "索引器的宽度",
            Self::IndexedKeys => "索引器选出的 key 数",
            Self::RecurrentLayers => "带状态的层数",
            Self::WithoutNetwork => "没有前馈网络的层数",
            Self::NetworksAlone => "只有前馈网络的层数",
            Self::InnerWidth => "专家输入的宽度",
            Self::StateWidth => "状态的宽度",
            Self::ImageSize => "图像部分的尺寸",
            Self::Tokens => "token 数",
            Self::Batch => "batch",
            Self::Devices => "设备数",
        }
        .into()
    }
}

impl Chinese for Wanted {
    fn chinese(&self) -> String {
        match self {
            Self::Whole => "非负整数",
            Self::AtLeast1 => "不小于 1 的整数",
            Self::Flag => "true 或 false",
            Self::Words => "字符串列表",
            Self::WholeNumbers => "整数列表",
            Self::WordPerLayer => "每层一项的列表",
            Self::KindPerLayer => "该类模型所具有的层类型的列表",
            Self::Side => "整数，或两个整数的列表",
            Self::BlockLetters => "由 M、E、*、- 组成、每层一个字母的字符串",
            Self::Factor => "1/64 到 64 之间的数",
            Self::Ratio => "1/64 到 1 之间的数",
            Self::Share => "大于 0 且不超过 1 的数",
            Self::EvenWidth => "能让每个头旋转偶数个特征的宽度（特征成对旋转）",
            Self::EvenShare => "能让每个头旋转偶数个（至少 2 个）特征的比例（特征成对旋转）",
            Self::EvenOfHead => "不小于 2、不超过头宽的偶数",
            Self::Number => "-10^15 到 10^15 之间的数",
            Self::NumberPerPair => "列表，旋转的每一对各有一个 10^-6 到 10^15 之间的数",
            Self::Type => "模型类型的名字，如 \"llama\"",
            Self::Object => "一个 JSON 对象",
        }
        .into()
    }
}

impl Chinese for Unread {
    fn chinese(&self) -> String {
        match self {
            Self::StateSpace => "它带状态的层尺寸未知",
            Self::SharedLayers => "相隔很远的注意力层共用权重，又各自带有小矩阵",
            Self::ImageLayers => "它有些层只看图像，缓存的大小取决于图像而不是文本",
            Self::NarrowEmbedding => "它的嵌入比各层窄，前后各有一次投影",
            Self::UnlikeLayers => "它各层的尺寸不一样",
            Self::OwnCode => "它的尺寸由模型自带的代码决定，transformers 里没有对应的类",
        }
        .into()
    }
}

impl Chinese for Beside {
    fn chinese(&self) -> String {
        match self {
            Self::Generation => "这是 generation_config.json，只有解码设置，没有模型尺寸；请给同一目录下的 config.json",
            Self::Tokenizer => "这是 tokenizer 的文件，没有模型尺寸；请给同一目录下的 config.json",
            Self::Params => "这是 Meta 或 Mistral 自己格式的 params.json，请给同一模型在 Hugging Face 上的 config.json",
            Self::NanoGpt => "这是 nanoGPT 的设置，请改写成 GPT-2 的写法：\"model_type\": \"gpt2\"，n_layer、n_head、n_embd、vocab_size，block_size 写作 n_positions",
        }
        .into()
    }
}

impl Chinese for Asked {
    fn chinese(&self) -> String {
        match self {
            Self::Arithmetic => "单个 token 的计算量",
            Self::Step => "逐步解码",
        }
        .into()
    }
}

impl Chinese for Source {
    fn chinese(&self) -> String {
        match self {
            Self::A100 => "NVIDIA A100 规格书，SXM 80 GB 版，不计稀疏",
            Self::A100Pcie => "NVIDIA A100 规格书，PCIe 80 GB 版，不计稀疏",
            Self::A100Small => "NVIDIA A100 规格书，40 GB 版，不计稀疏",
            Self::A800 => "NVIDIA A800 规格书，SXM 80 GB 版，不计稀疏：即卡间互联降速的 A100。带宽按 A100 计，未单独核实",
            Self::H100 => "NVIDIA H100 规格书，SXM 版，不计稀疏",
            Self::H100Pcie => "NVIDIA H100 规格书，PCIe 版，不计稀疏",
            Self::H100Nvl => "NVIDIA H100 规格书，NVL 版，不计稀疏",
            Self::H800 => "NVIDIA H800，SXM 版，不计稀疏：即卡间互联降速、双精度受限的 H100",
            Self::H200 => "NVIDIA H200 规格书，SXM 版，不计稀疏",
            Self::H20 => "NVIDIA H20，96 GB 版，取自服务器厂商的参数表，不计稀疏（NVIDIA 没有公开规格书）",
            Self::B200 => "NVIDIA DGX B200 规格书，取八张中的一张，不计稀疏",
            Self::Gb200 => "NVIDIA GB200 NVL72 规格书，取 72 张中的一张，不计稀疏",
            Self::V100 => "NVIDIA V100 规格书，SXM2 版，fp16、以 f32 累加（不支持 bf16）",
            Self::T4 => "NVIDIA T4 规格书，fp16、以 f32 累加（不支持 bf16）",
            Self::L4 => "NVIDIA L4 规格书，不计稀疏",
            Self::L40 => "NVIDIA L40 规格书，不计稀疏",
            Self::Mi300x => "AMD Instinct MI300X 规格书，不计稀疏",
            Self::Ascend910b => "华为昇腾 910B，64 GB 版，据公开报道：芯片没有公开规格书。带宽未经核实，各处报道相差很大；各型号算力又不同，所以这里不取算力",
            Self::TpuV5e => "Google Cloud TPU v5e 文档，单芯片",
            Self::L40s => "NVIDIA L40S 规格书，不计稀疏",
            Self::L20 => "NVIDIA L20，取自服务器厂商的参数表，不计稀疏（NVIDIA 没有公开规格书）。带宽另有来源核实，算力未经核实",
            Self::A10 => "NVIDIA A10 规格书，不计稀疏",
            Self::A10g => "NVIDIA A10G 规格书，即 AWS G5 所用的卡，不计稀疏",
            Self::A40 => "NVIDIA A40 规格书，不计稀疏",
            Self::A6000 => "NVIDIA RTX A6000 规格书，取稀疏算力的一半",
            Self::Rtx6000Ada => "NVIDIA RTX 6000 Ada 规格书，取 fp8 稀疏算力的四分之一",
            Self::RtxPro6000 => "NVIDIA RTX Blackwell PRO 架构白皮书，工作站版，bf16、以 f32 累加，不计稀疏",
            Self::Rtx5090 => "NVIDIA RTX Blackwell 架构白皮书，bf16、以 f32 累加，不计稀疏",
            Self::Rtx4090 => "NVIDIA Ada 架构白皮书，bf16、以 f32 累加，不计稀疏",
            Self::Rtx4090d => "NVIDIA GeForce RTX 4090 D 规格：RTX 4090 保留 128 个 SM 中的 114 个，bf16、以 f32 累加，不计稀疏",
            Self::Rtx3090 => "NVIDIA Ampere GA102 架构白皮书，bf16、以 f32 累加，不计稀疏",
            Self::GeForce => "NVIDIA GeForce 规格页，没有给出 bf16 算力",
            Self::Gaudi2 => "Intel Gaudi 2 白皮书",
            Self::Gaudi3 => "Intel Gaudi 3 白皮书",
            Self::Tpu => "Google Cloud 对应型号的 TPU 文档，单芯片",
            Self::Apple => "Apple 技术规格，最大内存配置",
            Self::M2Ultra => "Apple M2 Ultra 技术规格，最大内存配置",
        }
        .into()
    }
}

impl Chinese for Quantity {
    fn chinese(&self) -> String {
        match self {
            Self::Operations => "运算次数",
            Self::Training => "训练显存",
            Self::Activations => "激活值的显存",
            Self::Cache => "KV cache 的大小",
            Self::Parameters => "参数量",
            Self::Tokens => "token 数",
        }
        .into()
    }
}
