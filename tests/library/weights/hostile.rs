//! Files that were changed at random: no panic, and no more memory than a small multiple of the file.

use concepts::weights::{Gguf, SafeTensors, not_finite};
use proptest::prelude::*;

const SMALL: &[u8] = include_bytes!("../../fixtures/weights/small.gguf");
const SAFE: &[u8] = include_bytes!("../../fixtures/weights/small.safetensors");

/// Everything that can be asked of a file, and the memory that its tensors take when decoded.
fn all_of(bytes: &[u8]) -> usize {
    let Ok(gguf) = Gguf::parse(bytes) else { return 0 };
    for (name, value) in gguf.metadata() {
        assert!(gguf.get(name).is_some());
        let lengths = [value.strings().map(|list| list.len()), value.ints().map(|list| list.len())];
        assert!(lengths.iter().flatten().all(|&length| length <= bytes.len()));
    }
    not_finite(gguf.tensors());
    gguf.tensors().map(|tensor| tensor.decode().len() * size_of::<f32>()).sum()
}

fn changed(original: &[u8], changes: &[(usize, u8)], cut: usize) -> Vec<u8> {
    let mut file = original.to_vec();
    for &(at, byte) in changes {
        let at = at % file.len();
        file[at] = byte;
    }
    file.truncate(original.len() - cut % original.len());
    file
}

fn changes() -> impl Strategy<Value = Vec<(usize, u8)>> {
    let byte = prop_oneof![Just(0), Just(1), Just(0x7F), Just(0x80), Just(0xFF), any::<u8>()];
    prop::collection::vec((any::<usize>(), byte), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// A byte of a block of two bits becomes four numbers of four bytes.
    #[test]
    fn a_changed_file_is_read_or_refused(changes in changes(), cut in prop_oneof![3 => Just(0), 1 => any::<usize>()]) {
        let file = changed(SMALL, &changes, cut);
        prop_assert!(all_of(&file) <= 16 * file.len());
    }

    #[test]
    fn so_is_one_of_safetensors(changes in changes(), cut in prop_oneof![3 => Just(0), 1 => any::<usize>()]) {
        let file = changed(SAFE, &changes, cut);
        if let Ok(model) = SafeTensors::parse(&file) {
            let decoded: usize = model.tensors().map(|tensor| tensor.decode().len() * size_of::<f32>()).sum();
            prop_assert!(decoded <= 2 * file.len());
        }
    }

    #[test]
    fn bytes_at_random_are_refused(mut bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        all_of(&bytes);
        prop_assert!(SafeTensors::parse(&bytes).is_err());
        if let Some(head) = bytes.first_chunk_mut::<8>() {
            *head = *b"GGUF\x03\0\0\0";
            all_of(&bytes);
        }
    }
}
