//! Commands whose flags are drawn up when they are the one that runs: any run needs those of one.

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};

/// The arguments `T` of a command, unknown to the parser until the command is named.
#[derive(Debug)]
pub(super) struct Deferred<T>(pub(super) T);

/// The command with its flags, described by its own words: a group of flags would put its words over them.
fn described(command: Command, flags: fn(Command) -> Command) -> Command {
    let about = command.get_about().cloned().unwrap_or_default();
    flags(command).about(about)
}

impl<T: Args> Args for Deferred<T> {
    fn augment_args(command: Command) -> Command {
        command.defer(|command| described(command, T::augment_args))
    }

    fn augment_args_for_update(command: Command) -> Command {
        command.defer(|command| described(command, T::augment_args_for_update))
    }
}

impl<T: FromArgMatches> FromArgMatches for Deferred<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches(matches).map(Self)
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches_mut(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}
