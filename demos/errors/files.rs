//! `FileError`.

use concepts::tokenizer::files::words::{Format, IdFault, Known, Part, Wanted};
use concepts::tokenizer::files::{FileError, Found, LineFault, ModelFault, Unwritable};

use super::Chinese;
use super::spacing::last;

impl Chinese for FileError {
    fn chinese(&self) -> String {
        match self {
            Self::NotJson { reason } => {
                format!("无法按 JSON 对象读取（{}），请给出 Hugging Face 的 tokenizer.json", reason.chinese())
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
                format!("“{field}”中 id {id} {}", problem.chinese())
            }
            Self::Inconsistent { field, source } => format!("“{field}”前后矛盾：{}", source.chinese()),
            Self::CannotWrite { format, reason } => {
                format!("这个 tokenizer 无法写成{}：{}", last(format), reason.chinese())
            }
            Self::BadLine { line, problem } => {
                format!("第 {line} 行{}；每行应为 base64 写的 token、一个空格和它的 rank", problem.chinese())
            }
            Self::WhoseRanks { ranks } => {
                format!("共 {ranks} 个 rank，与公开的各种都对不上；文件本身不写文本怎么切分，请指明用哪种正则")
            }
            Self::SentencePiece(fault) => format!("SentencePiece：{}", fault.chinese()),
            Self::Part(part) => format!(
                "{}；请给 tokenizer.json：AutoTokenizer.from_pretrained(FOLDER).save_pretrained(OUT) 会写出来",
                part.chinese()
            ),
            Self::StandIn(what) => what.chinese(),
            Self::NoFormat => {
                "认不出格式：不是 tokenizer.json、tekken.json、tiktoken 的 rank 文件，也不是 SentencePiece 的模型".into()
            }
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
            Self::Character => "单个字符",
            Self::Above0 => "大于 0 的整数",
            Self::NoFallback => "false，否则词标记的每个字节都要有 token",
        }
        .into()
    }
}

impl Chinese for Known {
    fn chinese(&self) -> String {
        match self {
            Self::Cuts => {
                "ByteLevel、Split、Whitespace、WhitespaceSplit、Punctuation、Digits、CharDelimiterSplit、BertPreTokenizer、Metaspace、FixedLength、UnicodeScripts 和 Sequence"
            }
            Self::Behaviors => "Isolated、Removed、MergedWithPrevious、MergedWithNext 和 Contiguous",
            Self::Pattern => "Regex 或 String",
            Self::Models => "BPE、WordPiece、Unigram 和 WordLevel",
            Self::MergesOfCharacters => "字符之间的合并（未知字符按字节写）",
            Self::Normalizers => {
                "BertNormalizer、NFC、NFKC、NFD、NFKD、Lowercase、StripAccents、Nmt、ByteLevel、Prepend、Replace、Strip、Precompiled 和 Sequence"
            }
            Self::Prepends => "always、first（两者都不能配 add_prefix_space 为 false）和 never",
            Self::Processors => "TemplateProcessing、BertProcessing、RobertaProcessing、ByteLevel 和 Sequence",
            Self::OneText => "一段文本 A",
            Self::Steps => "不超过 100 步的序列",
            Self::Around => "文本前后合计不超过 1000 个 token",
        }
        .into()
    }
}

impl Chinese for Part {
    fn chinese(&self) -> String {
        match self {
            Self::Vocabulary => "这只是词表（vocab.json），合并规则在旁边的 merges.txt 里",
            Self::Merges => "这只是合并规则（merges.txt），词表在旁边的 vocab.json 里",
            Self::Settings => "这是 tokenizer_config.json，只有设置，没有 token",
            Self::Model => "这是模型的 config.json，里面没有 token",
            Self::Pieces => "这是一行一个片段的词表（和 BERT 的 vocab.txt 一样），但没有代表未知词的 [UNK]",
        }
        .into()
    }
}

impl Chinese for IdFault {
    fn chinese(&self) -> String {
        match self {
            Self::Twice => "同时属于两个 token",
            Self::TooLarge => "太大，没有哪个模型有这样的 id",
            Self::AfterGap => "前面有缺口；附加 token 须紧接词表逐个编号",
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
            Self::NoRank => "的 rank 不是能作 id 的整数".into(),
            Self::RankTwice { rank } => format!("的 rank 是 {rank}，前面已经出现过"),
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
            Self::ByToken => "它按合并出的 token 排先后，而这种格式只有合并列表".into(),
            Self::SentencePiece => {
                "它按 SentencePiece 的办法处理空格，只有 SentencePiece 自己的格式能写".into()
            }
            Self::MergeOrder => "合并的顺序与 id 的顺序不一致".into(),
        }
    }
}

impl Chinese for ModelFault {
    fn chinese(&self) -> String {
        match self {
            Self::NotRead { .. } => "文件不是它的模型，或者不完整".into(),
            Self::Empty => "模型里一个子词也没有".into(),
            Self::Algorithm(number) => {
                let called = match number {
                    3 => "（整词）",
                    4 => "（单个字符）",
                    _ => "",
                };
                format!("算法编号是 {number}{called}，支持的有 1（Unigram）和 2（BPE）")
            }
            Self::Unused(piece) => format!("子词 {piece:?} 标为停用，暂不支持"),
            Self::NoCharacter(piece) => format!("子词 {piece:?} 里有的字符本身不是子词"),
            Self::SpaceBehind => "空格归在词尾而不是词首，暂不支持".into(),
        }
    }
}
