#![doc = include_str!("meaning/guide.md")]
