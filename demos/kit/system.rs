//! What the system says of a file, in both languages.

use std::io::{self, ErrorKind};

use super::text::Text;

/// The system's reason in words. The English is the system's own, without the number of the error.
///
/// ```
/// use std::io::{Error, ErrorKind};
///
/// use demos::kit::system::reason;
/// use demos::kit::text::Lang;
///
/// assert_eq!(reason(&Error::from(ErrorKind::StorageFull)).get(Lang::Zh), "空间不足");
/// assert_eq!(reason(&Error::other("the disk is on fire")).get(Lang::Zh), "系统错误（the disk is on fire）");
/// ```
pub fn reason(error: &io::Error) -> Text {
    let said = english(error);
    match chinese(error.kind()) {
        Some(chinese) => Text::new(said, chinese),
        None => {
            let chinese = format!("系统错误（{said}）");
            Text::new(said, chinese)
        }
    }
}

/// The system's words, without the number of the error and the name of a temporary file.
pub fn english(error: &io::Error) -> String {
    let said = error.to_string();
    said.split(" (os error").next().unwrap_or(&said).to_string()
}

/// The kinds that a file on a disk, a device, a pipe or a share can meet with.
fn chinese(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => "文件或目录不存在",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::AlreadyExists => "已经存在",
        ErrorKind::IsADirectory => "这是一个目录",
        ErrorKind::NotADirectory => "路径中有一段不是目录",
        ErrorKind::DirectoryNotEmpty => "目录不是空的",
        ErrorKind::InvalidFilename => "文件名不合法或太长",
        ErrorKind::InvalidInput => "参数不合法",
        ErrorKind::InvalidData => "内容不合法",
        ErrorKind::ReadOnlyFilesystem => "文件系统只读",
        ErrorKind::StorageFull => "空间不足",
        ErrorKind::QuotaExceeded => "超出磁盘配额",
        ErrorKind::FileTooLarge => "文件太大",
        ErrorKind::ResourceBusy => "正被占用",
        ErrorKind::ExecutableFileBusy => "程序文件正在运行",
        ErrorKind::Deadlock => "加锁会造成死锁",
        ErrorKind::CrossesDevices => "跨越了不同的文件系统",
        ErrorKind::TooManyLinks => "链接太多",
        ErrorKind::NotSeekable => "不是普通文件，不能定位",
        ErrorKind::StaleNetworkFileHandle => "网络文件句柄已失效",
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => "网络不通",
        ErrorKind::ConnectionAborted
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionRefused
        | ErrorKind::NotConnected => "连接已断开",
        ErrorKind::BrokenPipe => "管道的另一端已关闭",
        ErrorKind::WouldBlock => "暂时没有数据，操作会阻塞",
        ErrorKind::TimedOut => "超时",
        ErrorKind::Interrupted => "被信号打断",
        ErrorKind::UnexpectedEof => "文件意外结束",
        ErrorKind::WriteZero => "写不进去",
        ErrorKind::OutOfMemory => "内存不足",
        ErrorKind::Unsupported => "系统不支持这个操作",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::text::Lang;

    #[test]
    fn what_files_meet_with_has_a_reason_in_chinese() {
        // open, read, write, rename and make a folder, as `errno` of Linux numbers what they refuse.
        let numbers =
            [1, 2, 4, 11, 12, 13, 16, 17, 18, 20, 21, 22, 26, 27, 28, 30, 31, 32, 35, 36, 39, 110, 116, 122];
        if cfg!(target_os = "linux") {
            for number in numbers {
                let error = io::Error::from_raw_os_error(number);
                let reason = reason(&error);
                assert!(
                    !reason.get(Lang::Zh).contains(|c: char| c.is_ascii_alphabetic()),
                    "{number}: {error}"
                );
            }
        }
    }

    #[test]
    fn what_has_no_name_of_its_own_is_quoted() {
        let unknown = io::Error::from_raw_os_error(5);
        assert!(reason(&unknown).get(Lang::Zh).starts_with("系统错误（"));
    }
}
