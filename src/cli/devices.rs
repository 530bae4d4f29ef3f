//! `referat devices`: what can be recorded from.

use super::error::CliError;
use super::output::outln;
use crate::recorder::capture::device::{self, InputInfo};
use crate::recorder::capture::error::CaptureError;

/// List the inputs to record from
///
/// The first one, marked with a star, is the system's choice. Where the system offers what the
/// loudspeaker plays as an input (a monitor), it is listed too. Where there is none, the exit code
/// is 1.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print the list as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    let inputs = device::inputs()?;
    if args.json {
        let value = serde_json::to_string_pretty(&inputs).unwrap_or_default();
        outln!("{value}");
    } else {
        inputs.iter().for_each(|input| outln!("{}", line(input)));
    }
    match inputs.is_empty() {
        true => Err(CaptureError::NoInput.into()),
        false => Ok(()),
    }
}

fn line(input: &InputInfo) -> String {
    let star = if input.default { '*' } else { ' ' };
    let channels = match (input.channels.first(), input.channels.last()) {
        (Some(1), Some(1)) => "1 channel".to_owned(),
        (Some(least), Some(most)) if least != most => format!("{least} to {most} channels"),
        (Some(count), _) => format!("{count} channels"),
        (None, _) => "no channels".to_owned(),
    };
    let rates = match (input.min_rate_hz, input.max_rate_hz) {
        (least, most) if least == most => format!("{least} Hz"),
        (least, most) => format!("{least} to {most} Hz"),
    };
    format!("{star} {} ({}): {channels}, {rates}", input.name, input.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_one_line() {
        let input = InputInfo {
            id: "hw:1".into(),
            name: "Bordmikrofon".into(),
            default: true,
            channels: vec![1, 2],
            min_rate_hz: 44_100,
            max_rate_hz: 48_000,
        };
        assert_eq!(line(&input), "* Bordmikrofon (hw:1): 1 to 2 channels, 44100 to 48000 Hz");
    }
}
