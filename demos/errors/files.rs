//! `FileError`.

use concepts::tokenizer::files::words::{Format, IdFault, Known, Wanted};
use concepts::tokenizer::files::{FileError, Found, LineFault, Unwritable};

use super::Chinese;
use super::spacing::last;

impl Chinese for FileError {
    fn chinese(&self) -> String {
        match self {
            Self::NotJson { reason } => {
                format!("不是完整的 JSON 对象（{}），请给出 Hugging Face 的 tokenizer.json", reason.chinese())
            }
            Self::TooLarge { bytes, limit } => {
                format!("{bytes} 字节不像 tokenizer，最大的也就约 3000 万字节（最多读取 {limit} 字节）")
            }
            Self::Missing { field } => format!("缺少字段“{field}”"),
            Self::WrongType { field, found, wanted } => {
                format!("字段“{field}”{}，应为{}", found.chinese(), last(wanted))
            }
            Self::Unsupported { field, found, known } => {
                format!("字段“{field}”{}，暂不支持；支持的有{}", found.chinese(), last(known))
            }
            Self::BadIds { field, id, problem } => {
                format!("“{field}”中 id {id} {}；id 必须是 0、1、2、…，中间不能有缺口", problem.chinese())
            }
            Self::Inconsistent { field, source } => format!("“{field}”前后矛盾：{}", source.chinese()),
            Self::CannotWrite { format, reason } => {
                format!("这个 tokenizer 无法写成{}：{}", last(format), reason.chinese())
            }
            Self::BadLine { line, problem } => {
                format!("第 {line} 行{}；每行应为 base64 写的 token、一个空格和它的 rank", problem.chinese())
            }
            Self::Unreachable { rank, parts } => format!(
                "rank {rank} 的 token 被前面的 token 切成了 {parts} 段，而不是 2 段；靠合并得不到它，所以这不是 BPE"
            ),
            Self::Ranks(source) => source.chinese(),
        }
    }
}

impl Chinese for Found {
    fn chinese(&self) -> String {
        match self {
            Self::List(length) => format!("是长度为 {length} 的列表"),
            Self::OfType(kind) => format!("的类型是 {kind:?}"),
            Self::Object => "是对象".into(),
            Self::Value(value) => format!("的值是 {value}"),
        }
    }
}

impl Chinese for Wanted {
    fn chinese(&self) -> String {
        match self {
            Self::Object => "对象",
            Self::List => "列表",
            Self::Pair => "两项的列表",
            Self::Text => "字符串",
            Self::Id => "小于 2^32 的整数",
            Self::Number => "数字",
            Self::Flag => "true 或 false",
            Self::TwoTokens => "以空格隔开的两个 token",
            Self::PrintableBytes => "用可打印字符写的字节（因为切分是字节级的）",
            Self::KnownToken => "词表里的 token",
            Self::Base64 => "用 base64 写的表",
            Self::Template => "含有文本 A 的模板",
        }
        .into()
    }
}

impl Chinese for Known {
    fn chinese(&self) -> String {
        match self {
            Self::Space => return self.to_string(),
            Self::Off => "null 和 false",
            Self::OneLastCut => "只有最后一步是 ByteLevel 或 Metaspace 的切分",
            Self::Cuts => {
                "ByteLevel、Split、Whitespace、WhitespaceSplit、Punctuation、Digits、BertPreTokenizer、Metaspace 和 Sequence"
            }
            Self::Behaviors => "Isolated、Removed、MergedWithPrevious、MergedWithNext 和 Contiguous",
            Self::Pattern => "Regex 或 String",
            Self::TextPattern => "String",
            Self::Models => "BPE、WordPiece 和 Unigram",
            Self::WordEnds => "null 和 </w>",
            Self::MergesOfCharacters => "字符之间的合并（未知字符按字节写）",
            Self::Normalizers => {
                "BertNormalizer、NFC、NFKC、NFD、NFKD、Lowercase、Prepend、Replace、Strip、Precompiled 和 Sequence"
            }
            Self::Prepends => "always、first（两者都不能配 add_prefix_space 为 false）和 never",
            Self::Decoding => "单独一步，或 SentencePiece 的四步：Replace 把 ▁ 换成空格、ByteFallback、Fuse、Strip 1",
            Self::Decoders => "ByteLevel、WordPiece、Metaspace、BPEDecoder、Fuse 和 Sequence",
            Self::Processors => "TemplateProcessing、BertProcessing、RobertaProcessing、ByteLevel 和 Sequence",
            Self::OneText => "一段文本 A",
            Self::Steps => "不超过 100 步的序列",
            Self::Around => "文本前后合计不超过 1000 个 token",
        }
        .into()
    }
}

impl Chinese for IdFault {
    fn chinese(&self) -> String {
        match self {
            Self::Twice => "同时属于两个 token",
            Self::NoToken => "没有 token",
            Self::AfterGap => "前面有缺口",
        }
        .into()
    }
}

impl Chinese for Format {
    fn chinese(&self) -> String {
        match self {
            Self::Json => "tokenizer.json",
            Self::Ranks => "tiktoken 的 rank 文件",
        }
        .into()
    }
}

impl Chinese for LineFault {
    fn chinese(&self) -> String {
        match self {
            Self::NoSpace => "没有空格".into(),
            Self::NotBase64 { .. } => "不是 base64".into(),
            Self::EmptyToken => "的 token 是空的".into(),
            Self::NoRank => "的 rank 不是小于 2^32 的整数".into(),
            Self::RankTwice { rank } => format!("的 rank 是 {rank}，前面已经出现过"),
            Self::Gap { rank, wanted } => format!("的 rank 是 {rank}，可没有哪一行是 {wanted}"),
        }
    }
}

impl Chinese for Unwritable {
    fn chinese(&self) -> String {
        match self {
            Self::Spaces { spaces, how, bytes } => {
                let model = if *bytes { "字节级" } else { "字符级" };
                format!("空格处理 {spaces:?} 与切分方式 {how:?}、{model}模型不能搭配")
            }
            Self::WordEndSymbol => "词尾是单独的符号；请用 WordEnd::Suffix 或 Unmarked 训练".into(),
            Self::NotByteLevel => "只有字节级 BPE 才有字节的 rank".into(),
            Self::AddedBetween => "有附加 token 夹在其他 token 中间，它的 id 必须排在最后".into(),
            Self::MergeOrder => "合并的顺序与 id 的顺序不一致".into(),
        }
    }
}
