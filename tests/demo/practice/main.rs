//! The practice: exercises that can find mistakes, and a judge that a program cannot confuse.

mod child;
mod drill;
mod exercises;
mod forgetting;
mod grade;
mod json;
mod plain_programs;
mod session;
mod starters;
mod wrong_programs;
