//! The practice: exercises that can find mistakes, and a judge that a program cannot confuse.

mod child;
mod exercises;
mod grade;
