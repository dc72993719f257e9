#![doc = include_str!("../../../src/input/http.md")]
