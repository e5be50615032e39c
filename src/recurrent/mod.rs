//! The recurrent layer that attention is compared with.
