//! The project's own chores: ci, tidy, score, knowledge, model packing.

fn main() {}
