//! Files of GGUF made by hand, right ones and wrong ones.

/// A file in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Made {
    metadata: Vec<u8>,
    entries: u64,
    directory: Vec<u8>,
    tensors: u64,
    data: Vec<u8>,
}

pub(super) const STRING: u32 = 8;
pub(super) const ARRAY: u32 = 9;

pub(super) fn text(text: &str) -> Vec<u8> {
    [&(text.len() as u64).to_le_bytes()[..], text.as_bytes()].concat()
}

impl Made {
    pub(super) fn entry(mut self, name: &str, kind: u32, value: &[u8]) -> Self {
        self.metadata.extend([text(name), kind.to_le_bytes().to_vec(), value.to_vec()].concat());
        self.entries += 1;
        self
    }

    /// A tensor as the directory has it, whatever it says.
    pub(super) fn tensor(mut self, name: &str, shape: &[u64], kind: u32, offset: u64) -> Self {
        self.directory.extend(text(name));
        self.directory.extend((shape.len() as u32).to_le_bytes());
        self.directory.extend(shape.iter().flat_map(|size| size.to_le_bytes()));
        self.directory.extend(kind.to_le_bytes());
        self.directory.extend(offset.to_le_bytes());
        self.tensors += 1;
        self
    }

    pub(super) fn data(mut self, bytes: &[u8]) -> Self {
        self.data.extend(bytes);
        self
    }

    pub(super) fn file(&self, alignment: usize) -> Vec<u8> {
        self.file_with(self.tensors, self.entries, alignment)
    }

    /// With these numbers of tensors and entries, whatever is there.
    pub(super) fn file_with(&self, tensors: u64, entries: u64, alignment: usize) -> Vec<u8> {
        let mut file = b"GGUF\x03\0\0\0".to_vec();
        file.extend([tensors, entries].iter().flat_map(|count| count.to_le_bytes()));
        file.extend([&self.metadata[..], &self.directory].concat());
        file.resize(file.len().next_multiple_of(alignment), 0);
        file.extend(&self.data);
        file
    }
}
