#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (hostile::reader("pkcs12").read)(bytes));
