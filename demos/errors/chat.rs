//! `ChatError`.

use concepts::tokenizer::ChatError;

use super::Chinese;

impl Chinese for ChatError {
    fn chinese(&self) -> String {
        match self {
            Self::Template { .. } => "对话模板无法解析".into(),
            Self::Refused { .. } => "对话模板拒绝了这些消息".into(),
            Self::Fails { .. } => "对话模板运行出错".into(),
            Self::Endless { steps } => {
                format!("对话模板超过 {steps} 步还没结束；公开的模板每条消息只要几百步")
            }
            Self::NoDate => "对话模板要用日期，而没有给出".into(),
        }
    }
}
