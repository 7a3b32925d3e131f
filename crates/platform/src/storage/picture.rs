//! Pictures that people upload: known by their content, decoded within limits and written anew. What was hidden in the
//! file (places, texts, programs) is not in the new one.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

/// Longest side of a picture that is looked at.
const MOST_SIDE: u32 = 8_192;
/// Most pixels of one: a phone's camera, and some sixty megabytes decoded.
const MOST_PIXELS: u64 = 16_000_000;
/// Memory that decoding may take.
const MOST_MEMORY: u64 = 160 * 1024 * 1024;
/// Quality of JPEG files written.
const QUALITY: u8 = 88;

/// What a picture may be, and what becomes of it.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// Largest file taken, bytes.
    pub bytes: usize,
    /// Longest side kept, pixels; larger ones are made smaller.
    pub side: u32,
}

/// A picture to be stored.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The new file.
    pub content: Vec<u8>,
    /// What its name ends in: `jpg` or `png`.
    pub ending: &'static str,
}

/// Why a file is no picture of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// There is nothing in it.
    Empty,
    /// It is larger than allowed.
    TooLarge,
    /// It is no JPEG, PNG or WebP, whatever its name says.
    Kind,
    /// It has more pixels than are looked at.
    TooManyPixels,
    /// It begins like a picture and cannot be decoded.
    Broken,
}

/// Decodes a file and writes its first picture anew, upright: WebP becomes PNG if it is transparent, else JPEG.
pub fn read(content: &[u8], rules: Rules) -> Result<Picture, Unfit> {
    if content.is_empty() {
        return Err(Unfit::Empty);
    }
    if content.len() > rules.bytes {
        return Err(Unfit::TooLarge);
    }
    let Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) =
        image::guess_format(content)
    else {
        return Err(Unfit::Kind);
    };
    let mut picture = decode(content, format)?;
    if picture.width().max(picture.height()) > rules.side {
        picture = picture.resize(rules.side, rules.side, FilterType::Triangle);
    }
    let is_jpeg = match format {
        ImageFormat::Jpeg => true,
        ImageFormat::WebP => !picture.color().has_alpha(),
        _ => false,
    };
    let mut content = Vec::new();
    let written = if is_jpeg {
        let encoder = JpegEncoder::new_with_quality(&mut content, QUALITY);
        picture.into_rgb8().write_with_encoder(encoder)
    } else if picture.color().has_alpha() {
        picture.into_rgba8().write_with_encoder(PngEncoder::new(&mut content))
    } else {
        picture.into_rgb8().write_with_encoder(PngEncoder::new(&mut content))
    };
    written.map_err(|_| Unfit::Broken)?;
    Ok(Picture { content, ending: if is_jpeg { "jpg" } else { "png" } })
}

fn decode(content: &[u8], format: ImageFormat) -> Result<DynamicImage, Unfit> {
    let unfit = |error: ImageError| match error {
        ImageError::Limits(_) => Unfit::TooManyPixels,
        _ => Unfit::Broken,
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(content), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unfit)?;
    let (width, height) = decoder.dimensions();
    // Before a single pixel is decoded: a small file may claim a very large picture.
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Unfit::TooManyPixels);
    }
    let orientation = decoder.orientation().map_err(unfit)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unfit)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage, Rgba, RgbaImage};
    use proptest::prelude::*;

    const RULES: Rules = Rules { bytes: 100_000, side: 64 };

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut content = Cursor::new(Vec::new());
        picture.write_to(&mut content, format).unwrap();
        content.into_inner()
    }

    fn red(width: u32, height: u32) -> DynamicImage {
        RgbImage::from_pixel(width, height, Rgb([200, 30, 30])).into()
    }

    fn size(picture: &Picture) -> (u32, u32) {
        let read = image::load_from_memory(&picture.content).unwrap();
        (read.width(), read.height())
    }

    #[test]
    fn each_kind_is_written_anew_and_large_ones_smaller() {
        let clear: DynamicImage = RgbaImage::from_pixel(8, 8, Rgba([9, 9, 9, 0])).into();
        for (file, ending, expected) in [
            (encoded(&red(20, 10), ImageFormat::Jpeg), "jpg", (20, 10)),
            (encoded(&red(20, 10), ImageFormat::Png), "png", (20, 10)),
            (encoded(&red(20, 10), ImageFormat::WebP), "jpg", (20, 10)),
            (encoded(&clear, ImageFormat::WebP), "png", (8, 8)),
            (encoded(&red(640, 320), ImageFormat::Jpeg), "jpg", (64, 32)),
        ] {
            let picture = read(&file, RULES).unwrap();
            assert_eq!((picture.ending, size(&picture)), (ending, expected));
        }
    }

    #[test]
    fn what_hides_in_a_picture_is_gone() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png] {
            let mut file = encoded(&red(8, 8), format);
            file.extend_from_slice(b"<script>alert(1)</script>PK\x03\x04");
            let picture = read(&file, RULES).unwrap();
            assert!(!picture.content.windows(7).any(|part| part == b"<script"));
        }
        // A comment inside the JPEG itself.
        let plain = encoded(&red(8, 8), ImageFormat::Jpeg);
        let mut file = plain[..2].to_vec();
        file.extend_from_slice(b"\xff\xfe\x00\x0cGPS -12.04");
        file.extend_from_slice(&plain[2..]);
        let picture = read(&file, RULES).unwrap();
        assert!(!picture.content.windows(3).any(|part| part == b"GPS"));
    }

    #[test]
    fn a_picture_that_was_taken_sideways_stands_upright() {
        let plain = encoded(&red(20, 10), ImageFormat::Jpeg);
        // EXIF of one entry: orientation 6, a quarter turn.
        let exif: &[u8] = b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let file = [&plain[..2], exif, &plain[2..]].concat();
        let picture = read(&file, RULES).unwrap();
        assert_eq!(size(&picture), (10, 20));
        assert!(!picture.content.windows(4).any(|part| part == b"Exif"));
    }

    #[test]
    fn what_is_no_picture_is_told_by_its_content() {
        for file in [
            &b"GIF89a\x01\0\x01\0"[..],
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"%PDF-1.7",
            b"MZ\x90\0",
            b"<html><script>",
            b"\0\0\0\0",
        ] {
            assert_eq!(read(file, RULES).unwrap_err(), Unfit::Kind);
        }
        assert_eq!(read(b"", RULES).unwrap_err(), Unfit::Empty);
        assert_eq!(read(&vec![0xff; 100_001], RULES).unwrap_err(), Unfit::TooLarge);
        let whole = encoded(&red(40, 40), ImageFormat::Png);
        assert_eq!(read(&whole[..whole.len() / 2], RULES).unwrap_err(), Unfit::Broken);
        assert_eq!(read(b"\xff\xd8\xff\xe0 no more", RULES).unwrap_err(), Unfit::Broken);
    }

    #[test]
    fn a_small_file_that_claims_a_very_large_picture_is_refused() {
        let rules = Rules { bytes: 10_000_000, side: 64 };
        for (width, height) in [(8_000, 8_000), (60_000, 60_000), (9_000, 10)] {
            let mut file = encoded(&red(1, 1), ImageFormat::Png);
            file[16..20].copy_from_slice(&u32::to_be_bytes(width));
            file[20..24].copy_from_slice(&u32::to_be_bytes(height));
            let mut crc = flate2::Crc::new();
            crc.update(&file[12..29]);
            file[29..33].copy_from_slice(&crc.sum().to_be_bytes());
            assert_eq!(read(&file, rules).unwrap_err(), Unfit::TooManyPixels, "{width} x {height}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_damage_makes_it_panic(at in 0_usize..400, byte in any::<u8>(), kind in 0_usize..3) {
            let format = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP][kind];
            let mut file = encoded(&red(16, 16), format);
            let length = file.len();
            file[at % length] = byte;
            if let Ok(picture) = read(&file, RULES) {
                prop_assert!(image::load_from_memory(&picture.content).is_ok());
            }
        }
    }
}
