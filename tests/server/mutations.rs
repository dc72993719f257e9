//! What is done to answers, and in which list it is.
