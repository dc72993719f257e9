//! Bodies in other encodings read as they would in UTF-8, when that is asked for: feature `encoding`.

mod support;

use multistatus::{Decoder, ErrorKind, Multistatus, Options, Tolerance, decode};
use support::{
    Lines, cases,
    input::{self, Chunks, Input},
    multistatus, response,
};

/// `options` under which the caller knows the encoding, or does not.
fn transcoding(options: Options, charset: Option<&str>) -> Options {
    charset.into_iter().fold(options.transcode(), |options, label| options.charset(label))
}

/// Lines of a body whose encoding the caller knows, or does not.
fn lines(input: Input, body: &[u8], chunk: usize, charset: Option<&str>) -> Lines {
    let mut lines = Lines::default();
    let options = transcoding(Options::new(), charset);
    input::read(input, body, Chunks::new(body, chunk), &options, &mut lines);
    lines
}

/// Lines of a body that is not to be transcoded.
fn plain(body: &[u8]) -> Lines {
    support::lines(Input::Slice, body, 1)
}

/// Reads `body` in every way and every chunking; all must read as `text` does.
fn compare(name: &str, body: &[u8], charset: Option<&str>, text: &str) -> usize {
    let want = plain(text.as_bytes());
    let decoded = decode(body, charset).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(plain(&decoded), want, "{name}, decoded");
    assert_eq!(lines(Input::Slice, &decoded, 1, None), want, "{name}, decoded and left as it is");
    assert_eq!(lines(Input::Slice, body, 1, charset), want, "{name}, in memory");
    for input in Input::STREAMS.iter().copied() {
        for chunk in [1, 2, 3, 5, 64, 5000] {
            assert_eq!(
                lines(input, body, chunk, charset),
                want,
                "{name}, {input:?}, {chunk} bytes at a time"
            );
        }
    }
    1
}

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
}

/// All cases that are in UTF-8 and do not say otherwise.
fn texts() -> Vec<(String, String)> {
    let utf_8 = cases().into_iter().filter_map(|case| Some((case.name, String::from_utf8(case.body).ok()?)));
    let is_plain = |text: &str| {
        let beginning = text.split("?>").next().unwrap_or_default().to_lowercase();
        let is_declared = beginning.contains("encoding") && !beginning.contains("utf-8");
        text.starts_with('<') && !is_declared
    };
    utf_8.filter(|(_, text)| is_plain(text)).collect()
}

#[test]
fn utf_16_reads_as_utf_8() {
    let mut count = 0;
    for (name, text) in texts() {
        // Places are those in the UTF-8 form, of which the mark is a part.
        let with_mark = format!("\u{FEFF}{text}");
        for (order, bytes) in [("LE", u16::to_le_bytes as fn(u16) -> [u8; 2]), ("BE", u16::to_be_bytes)] {
            let body = utf_16(&text, bytes);
            count += compare(&format!("{name} in UTF-16{order}"), &body, None, &with_mark);
            // The mark counts more than what the caller heard.
            count += compare(&name, &body, Some("iso-8859-1"), &with_mark);
        }
    }
    println!("encodings: {count} readings of UTF-16");
    assert!(count > 100);
}

#[test]
fn a_mark_of_utf_8_is_passed_over_wherever_it_is_cut() {
    for (name, text) in texts() {
        let with_mark = format!("\u{FEFF}{text}");
        compare(&name, with_mark.as_bytes(), None, &with_mark);
        compare(&name, with_mark.as_bytes(), Some("windows-1252"), &with_mark);
    }
}

/// `text` in windows-1252, if it can be.
fn windows_1252(text: &str) -> Option<Vec<u8>> {
    text.chars()
        .map(|c| match c {
            '\u{20AC}' => Some(0x80),
            '\u{152}' => Some(0x8C),
            '\u{80}'..='\u{9F}' => None,
            c => u8::try_from(c).ok(),
        })
        .collect()
}

#[test]
fn windows_1252_reads_as_utf_8() {
    let rows = multistatus(
        &(response("HTTP/1.1 200 OK", "<D:displayname>Œuvre à 5 €, ÿ</D:displayname>").repeat(3)),
    );
    let bytes = windows_1252(&rows).expect("all of it is there");
    assert_ne!(bytes, rows.as_bytes());
    for label in ["windows-1252", "Windows-1252", "iso-8859-1", "\"latin1\"", " cp1252 "] {
        compare(label, &bytes, Some(label.trim_matches(['"', ' '])), &rows);
    }
    // Declared: the text is the same, the declaration stays in its place.
    for name in ["windows-1252", "ISO-8859-1"] {
        let declaration = format!("<?xml version=\"1.0\" encoding=\"{name}\" standalone=\"yes\"?>\n");
        let blank = " ".repeat("encoding=\"\"".len() + name.len());
        let utf_8 = format!("<?xml version=\"1.0\" {blank} standalone=\"yes\"?>\n{rows}");
        let body = [declaration.as_bytes(), &bytes].concat();
        compare(name, &body, None, &utf_8);
        // What the caller says counts more.
        let utf_8 =
            format!("<?xml version=\"1.0\" {blank} standalone=\"yes\"?>\n<multistatus xmlns='DAV:'/>");
        let body = format!("{declaration}<multistatus xmlns='DAV:'/>");
        compare(name, body.as_bytes(), Some("koi8-r"), &utf_8);
        // Declared later than the first chunk, or in all that there is.
        let long = format!("<?xml version=\"1.0\"{}encoding=\"{name}\"?>", " ".repeat(900));
        let body = [long.as_bytes(), &bytes].concat();
        let utf_8 = format!("<?xml version=\"1.0\"{}{blank}?>{rows}", " ".repeat(900));
        compare(name, &body, None, &utf_8);
    }
}

#[test]
fn the_caller_s_word_counts_more_than_the_declaration_and_less_than_the_mark() {
    let body = |declared: &str, name: &[u8]| {
        let start =
            format!("<?xml version='1.0' encoding='{declared}'?><multistatus xmlns='DAV:'><response><href>/");
        [start.as_bytes(), name, b"</href></response></multistatus>"].concat()
    };
    let href = |body: &[u8], charset: Option<&str>| {
        let by_chunks = |chunk: usize| {
            let mut decoder = Decoder::with_options(&transcoding(Options::new(), charset));
            body.chunks(chunk).for_each(|chunk| decoder.push(chunk));
            decoder.end();
            decoder.next_response().expect("an item").expect("a response").href().to_string()
        };
        let text = decode(body, charset).expect("a known encoding");
        let whole =
            Multistatus::new(&text).next_response().expect("an item").expect("a response").href().to_string();
        assert!([1, 7, 4096].iter().all(|chunk| by_chunks(*chunk) == whole));
        whole
    };
    assert_eq!(href(&body("iso-8859-5", b"\xE4"), None), "/\u{444}");
    assert_eq!(href(&body("iso-8859-5", b"\xE4"), Some("windows-1252")), "/\u{E4}");
    assert_eq!(href(&body("iso-8859-5", "\u{E4}".as_bytes()), Some("utf-8")), "/\u{E4}");
    let marked = [b"\xEF\xBB\xBF", &*body("iso-8859-5", "\u{E4}".as_bytes())].concat();
    assert_eq!(href(&marked, None), "/\u{E4}");
    assert_eq!(href(&marked, Some("iso-8859-5")), "/\u{E4}");
    // UTF-32 is not read at all, whatever it is said to be.
    let utf_32 = b"\xFF\xFE\0\0<\0\0\0";
    let mut decoder = Decoder::with_options(&transcoding(Options::new(), Some("utf-16")));
    decoder.push(utf_32);
    let error = decoder.finish().expect_err("it is not supported");
    assert_eq!(error.to_string(), "the body is in UTF-32 at byte 0");
    assert_eq!(href(&body("Shift_JIS", b"\x8A\xBF"), None), "/\u{6F22}");
    // `utf-16` does not say which: the first character does.
    let text = body("utf-16", "\u{E4}".as_bytes());
    let text = std::str::from_utf8(&text).expect("it is made of that");
    for bytes in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
        let body: Vec<_> = text.encode_utf16().flat_map(bytes).collect();
        assert_eq!(href(&body, Some("utf-16")), "/\u{E4}");
    }
}

#[test]
fn ascii_has_no_other_characters() {
    let body = "<multistatus xmlns='DAV:'><response><href>/\u{E4}</href></response></multistatus>".as_bytes();
    let options = transcoding(Options::new(), Some("us-ascii"));
    let mut decoder = Decoder::with_options(&options);
    decoder.push(body);
    let text = decode(body, Some("us-ascii")).expect("a known encoding");
    let in_memory = Multistatus::with_options(body, &options).finish();
    for end in [decoder.finish(), Multistatus::new(&text).finish(), in_memory] {
        let error = end.expect_err("it is not ASCII");
        assert_eq!((error.kind(), error.offset()), (&ErrorKind::Encoding, 43));
    }
}

#[test]
fn a_mark_against_the_declaration_is_told() {
    let body = "\u{FEFF}<?xml version='1.0' encoding='utf-16'?><multistatus xmlns='DAV:'/>";
    let trailer = Multistatus::new(body.as_bytes()).finish().expect("forgiven");
    assert!(trailer.tolerated().eq([Tolerance::DeclaredEncoding]));
    // In memory and from a stream, whatever the caller said.
    for charset in [None, Some("utf-8"), Some("iso-8859-1"), Some("nonsense")] {
        let options = transcoding(Options::strict(), charset);
        let mut decoder = Decoder::with_options(&options);
        decoder.push(body.as_bytes());
        let text = decode(body.as_bytes(), charset).expect("it has a mark");
        let decoded = Multistatus::with_options(&text, &Options::strict()).finish();
        let in_memory = Multistatus::with_options(body.as_bytes(), &options).finish();
        for end in [decoder.finish(), decoded, in_memory] {
            let error = end.expect_err("refused");
            assert_eq!(error.kind(), &ErrorKind::Refused(Tolerance::DeclaredEncoding));
        }
    }
    // It is no fault where the text has been transcoded.
    let body = utf_16(&body[3..], u16::to_le_bytes);
    let mut decoder = Decoder::with_options(&Options::strict().transcode());
    decoder.push(&body);
    assert_eq!(decoder.finish().expect("well-formed").tolerated().count(), 0);
    let text = decode(&body, None).expect("a known encoding");
    assert!(Multistatus::with_options(&text, &Options::strict()).finish().is_ok());
}

#[test]
fn sequences_that_an_encoding_does_not_have_are_errors_at_their_place() {
    let body = b"<multistatus xmlns='DAV:'><response><href>/\x8A\xFF</href></response></multistatus>";
    let at = body.iter().position(|b| *b == 0x8A).expect("it is there") as u64;
    let text = decode(body, Some("shift_jis")).expect("a known encoding");
    let options = transcoding(Options::new(), Some("shift_jis"));
    let mut decoder = Decoder::with_options(&options);
    decoder.push(body);
    decoder.end();
    for error in [
        Multistatus::with_options(body, &options).finish().expect_err("no such character"),
        Multistatus::new(&text).finish().expect_err("no such character"),
        decoder.finish().expect_err("no such character"),
    ] {
        assert_eq!((error.kind(), error.offset(), error.is_fatal()), (&ErrorKind::Encoding, at, true));
    }
    // One that is whole is wrong wherever it is, at the end of all or of a chunk.
    let body = b"\xFF\xFE \0\xAC\xDF";
    let whole = Multistatus::new(&decode(body, None).expect("a known encoding"))
        .finish()
        .expect_err("no root")
        .to_string();
    for chunk in 1..=body.len() {
        for input in Input::STREAMS.iter().copied() {
            assert!(lines(input, body, chunk, None).lines[0].starts_with(&whole), "{whole}");
        }
    }
    // A body cut in the middle of a character, or of a surrogate pair.
    let whole = utf_16(&multistatus(&response("HTTP/1.1 200 OK", "<D:a>\u{1F600}</D:a>")), u16::to_le_bytes);
    for cut in 0..whole.len() {
        let text = decode(&whole[..cut], None).expect("a known encoding");
        let error = Multistatus::new(&text).finish().expect_err("it is cut");
        // Two bytes alone are not yet a mark.
        assert!(error.is_truncated() || cut == 1, "{cut}: {error}");
        for input in Input::STREAMS.iter().copied() {
            let lines = lines(input, &whole[..cut], 64, None);
            assert!(
                !lines.is_complete
                    && lines.lines.last().is_some_and(|last| last.starts_with(&error.to_string()))
            );
        }
    }
}

#[test]
fn an_encoding_that_nobody_knows_is_named() {
    let body = b"<multistatus xmlns='DAV:'/>";
    let error = decode(body, Some("ebcdic")).expect_err("it is not supported");
    assert_eq!(error.kind(), &ErrorKind::Encoding);
    assert!(error.to_string().contains("ebcdic"), "{error}");
    let options = transcoding(Options::new(), Some("ebcdic"));
    let mut decoder = Decoder::with_options(&options);
    decoder.push(body);
    for end in [decoder.finish(), Multistatus::with_options(body, &options).finish()] {
        assert_eq!(end.expect_err("it is not supported").to_string(), error.to_string());
    }
    for label in ["iso-8859-99", "latin77", "utf-32"] {
        assert!(decode(body, Some(label)).is_err());
        let mut decoder = Decoder::with_options(&transcoding(Options::new(), Some(label)));
        decoder.push(body);
        assert!(decoder.finish().is_err_and(|error| error.to_string().contains(label)));
    }
    let declared = b"<?xml version='1.0' encoding='ebcdic'?><multistatus xmlns='DAV:'/>";
    let error = Multistatus::new(&decode(declared, None).expect("left to the parser"))
        .finish()
        .expect_err("declared");
    assert!(error.to_string().contains("ebcdic"), "{error}");
}

#[test]
fn utf_8_is_borrowed() {
    for body in
        [&b"<a/>"[..], b"\xEF\xBB\xBF<a/>", b"<?xml version='1.0' encoding='utf-8'?><a/>", b"", b"\xFF"]
    {
        assert!(matches!(decode(body, None), Ok(std::borrow::Cow::Borrowed(text)) if text == body));
        assert!(matches!(decode(body, Some("UTF-8")), Ok(std::borrow::Cow::Borrowed(_))));
    }
}

#[test]
fn nothing_is_transcoded_unasked() {
    let latin =
        b"<?xml version='1.0' encoding='iso-8859-1'?><multistatus xmlns='DAV:'><response><href>/\xE9</href>\
        </response></multistatus>";
    let wide = utf_16("<multistatus xmlns='DAV:'/>", u16::to_le_bytes);
    for (body, charset) in
        [(&latin[..], None), (latin, Some("iso-8859-1")), (&wide, None), (&wide, Some("utf-16"))]
    {
        let options = charset.map_or(Options::new(), |label| Options::new().charset(label));
        let mut decoder = Decoder::with_options(&options);
        decoder.push(body);
        for end in [decoder.finish(), Multistatus::with_options(body, &options).finish()] {
            assert_eq!(end.expect_err("not in UTF-8").kind(), &ErrorKind::Encoding);
        }
    }
    // What looks the same in UTF-8 is forgiven, and reported.
    let ascii = b"<?xml version='1.0' encoding='iso-8859-1'?><multistatus xmlns='DAV:'/>";
    let tolerated = |options: &Options| {
        let trailer = Multistatus::with_options(ascii, options).finish().expect("it is ASCII");
        trailer.tolerated().collect::<Vec<_>>()
    };
    assert_eq!(tolerated(&Options::new()), [Tolerance::DeclaredEncoding]);
    assert_eq!(tolerated(&Options::new().transcode()), []);
}

/// A response of the iterator lives as long as the body.
#[test]
fn responses_of_a_transcoded_body_outlive_their_input() {
    let text = multistatus(&response("HTTP/1.1 200 OK", "<D:a xml:lang='en'>\u{1F600}</D:a>").repeat(2));
    let body = utf_16(&text, u16::to_be_bytes);
    let given: Vec<_> = Multistatus::with_options(&body, &Options::strict().transcode())
        .collect::<Result<_, _>>()
        .expect("well-formed");
    let [_, second] = &*given else { panic!("two responses") };
    let value = second.props().iter().next().expect("a property");
    assert_eq!((&*value.text(), value.name().local()), ("\u{1F600}", "a"));
    assert!(text.contains(&*second.raw()));
}

#[test]
fn a_mark_after_blanks_counts_more_than_the_charset_too() {
    for blanks in ["", "\n", "\r\n\t ", &*" ".repeat(400)] {
        for charset in ["iso-8859-1", "utf-16", "utf-8", "us-ascii"] {
            let text =
                format!("{blanks}\u{FEFF}{}", multistatus(&response("HTTP/1.1 200 OK", "<D:a>\u{E9}</D:a>")));
            compare(&format!("{} blanks, {charset}", blanks.len()), text.as_bytes(), Some(charset), &text);
        }
    }
}
