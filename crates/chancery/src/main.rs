//! The program: keeps the diplomatic record.

fn main() {}
