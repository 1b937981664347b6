# Servers of several versions in one test: DYNASTY_SERVERS names where each lies, as '15=/DIR 17=/DIR' with bin and lib in them and the extension
# installed (tests/run/servers.sh makes them in a root that has all of Debian's). Without it a test says SKIPPED.
package Servers;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw(steps place server objects_everywhere);
use PostgreSQL::Test::Cluster;
use Test::More ();

my %place = map { split /=/, $_, 2 } split ' ', $ENV{DYNASTY_SERVERS} // '';

# From each version to the next: ([15, 17], [17, 18]). None: the whole test is skipped.
sub steps
{
	my @majors = sort { $a <=> $b } keys %place;
	Test::More::plan(skip_all => 'there is no second server (make test-servers has them)') if @majors < 2;
	return map { [ @majors[ $_ - 1, $_ ] ] } 1 .. $#majors;
}

sub place { return $place{ $_[0] } }

# A data directory of that version, not started. Checksums are the default from 18 on, and pg_upgrade wants them as they were.
sub server
{
	my ($major, $name, %options) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name, install_path => $place{$major});
	$node->init(%options, extra => $major >= 18 ? ['--no-data-checksums'] : []);
	$node->append_conf('postgresql.conf', "jit = off\n");
	# The newest Cluster.pm writes this into every configuration; older servers do not know it.
	$node->adjust_conf('postgresql.conf', 'autovacuum_worker_slots', undef) if $major < 18;
	return $node;
}

# The names of all objects of Dynasty::catalog, without what only some versions keep as one: constraints NOT NULL (18), array types as
# members of an extension (17).
sub objects_everywhere
{
	my ($catalog) = @_;
	return join "\n", grep { !/^constraint .*_not_null$|^member type .*\[\]$/ } map { s/: .*//r } split /\n/, $catalog;
}

1;
