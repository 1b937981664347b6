#!/usr/bin/env perl
# What a server's log must not hold after tests, whatever the sessions were shown: warnings (client_min_messages hides them, and
# those of workers, of background processes and of the end of a session reach nobody), crashes, leaks, internal errors.
#
#   server_log.pl EXPECTED[:EXPECTED...] SCOPE FILE[@FROM]...
#
# Prints what is there and not expected, with the statement; exit 1 then. FROM: the byte to begin at. Lines have the prefix of
# pgrx-config/postgresql.conf, which names database and SQLSTATE. EXPECTED lists what may come (a missing file: nothing may):
# three columns divided by tabs, the scope (a regular expression for the database, or for SCOPE where it is not ''), a regular
# expression for 'SEVERITY:  message', and the reason. A line of it that has no reason is an error.
use strict;
use warnings;

my ($lists, $scope, @files) = @ARGV;
die "usage: server_log.pl EXPECTED SCOPE FILE[\@FROM]...\n" unless @files;
my @expected;
foreach my $list (split /:/, $lists)
{
	open my $in, '<', $list or next;
	while (<$in>)
	{
		chomp;
		next if /^(#|\s*$)/;
		my ($where, $what, $reason) = split /\t+/, $_, 3;
		die "$list:$.: 'scope<tab>message<tab>reason' is wanted\n" unless ($reason // '') =~ /\S/;
		push @expected, [ qr/^(?:$where)$/, qr/^(?:$what)/ ];
	}
}

my $prefix = qr/^\d{4}-\d\d-\d\d [\d:.]+ \S+ \[\d+\] (.*?) ?([0-9A-Z]{5}) ([A-Z]+):  (.*)/;
my $raw = qr/TRAP:|panicked at|has overflowed its stack|memory allocation of \d+ bytes failed|AddressSanitizer|runtime error:|corrupted|double free|free\(\): /;
my $found = 0;
foreach my $argument (@files)
{
	my ($file, $from) = $argument =~ /^(.*)@(\d+)$/ ? ($1, $2) : ($argument, 0);
	open my $log, '<', $file or die "$file: $!\n";
	# A log that is shorter than it was has been begun anew.
	seek $log, $from, 0 if $from <= -s $file;
	my $showing = 0;
	while (<$log>)
	{
		if (my ($database, $state, $severity, $message) = /$prefix/)
		{
			if ($showing && $severity =~ /^(DETAIL|HINT|CONTEXT|STATEMENT|LOCATION|QUERY)$/)
			{
				print '    ', length > 400 ? substr($_, 0, 400) . "...\n" : $_;
				next;
			}
			my $bad = $severity =~ /^(WARNING|PANIC)$/
				|| $severity =~ /^(ERROR|FATAL)$/ && $state =~ /^XX/
				|| $severity eq 'LOG' && $message =~ /terminated by signal|was terminated by exception|exited with exit code (?![01]\b)/
				|| $message =~ /reference leak|refcount leak|relation ".*" not closed/ && $severity ne 'STATEMENT' && $message !~ /^(statement|execute .*):/;
			my $where = $scope eq '' ? $database : $scope;
			$showing = $bad && !grep { $where =~ $_->[0] && "$severity:  $message" =~ $_->[1] } @expected;
		}
		elsif (/^\t/)
		{
			# The rest of a message or of a statement.
			print '    ', length > 400 ? substr($_, 0, 400) . "...\n" : $_ if $showing;
			next;
		}
		elsif (/^\d{4}-\d\d-\d\d [\d:.]+ \S+ \[\d+\]/)
		{
			die "$file:$.: another log_line_prefix than that of pgrx-config/postgresql.conf: $_";
		}
		else
		{
			# Not the server's own: what a library or the C runtime writes to stderr.
			$showing = /$raw/;
		}
		next unless $showing;
		$showing = 0 if ++$found > 50;
		print "$file:$.: ", length > 400 ? substr($_, 0, 400) . "...\n" : $_ if $found <= 50;
	}
}
print "... $found in all\n" if $found > 50;
exit($found ? 1 : 0);
