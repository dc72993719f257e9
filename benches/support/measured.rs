/// A function that gungraun measures on each of the documents.
macro_rules! measured {
    ($name:ident($document:ident), $run:expr) => {
        #[library_benchmark(setup = document)]
        #[bench::a("a")]
        #[bench::b("b")]
        #[bench::c("c")]
        #[bench::d("d")]
        #[bench::e("e")]
        #[bench::f("f")]
        #[bench::one("one")]
        fn $name($document: Document) -> Document {
            $run;
            $document
        }
    };
}
