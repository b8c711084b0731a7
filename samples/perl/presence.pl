#!/usr/bin/perl
# Logs in, watches PEER, lets PEER watch back, sends one text and waits for one. See ../README.md.
use strict; use warnings;
use Digest::SHA qw(sha256 hmac_sha256);
use IO::Socket::INET;
use MIME::Base64;

my ($server, $user, $password, $peer, $text) = @ARGV == 5 ? @ARGV
    : die "usage: perl presence.pl HOST:PORT USER PASSWORD PEER \"text to send\"\n";
my $domain = (split /@/, $peer)[1] or die "PEER is an address: bob\@localhost\n";
my $io = IO::Socket::INET->new(PeerAddr => $server) or die "cannot reach $server: $@\n";
my $tag = 0;
$| = 1;

sub frame {    # one frame: its first two words, its parameters, perhaps a counted body
    my $line = <$io> // die "the server has closed the connection\n";
    my (%value, $body);
    $line =~ s/\r?\n\z//;
    if ($line =~ s/ \{(0|[1-9]\d{0,9})\}\z//) {
        read($io, $body, $1) == $1 && <$io> =~ /\A\r?\n\z/ or die "the body is cut short\n";
    }
    while ($line =~ / ([a-z][a-z0-9-]*)=(\S*)/g) { (my $v = $2) =~ s/%([0-9A-F]{2})/chr hex $1/ge; $value{$1} = $v }
    return $line =~ /\A(\S+) (\S+)/ ? ($1, $2, \%value, $body) : frame();
}

sub request { print $io join(' ', shift, ++$tag, @_), "\r\n"; return $tag }

sub ask {      # for the login, where nothing but answers can come
    my ($wanted, $verb, $rest) = @_;
    request($verb, $rest);
    my ($code, undef, $value) = frame();
    return $code eq $wanted ? decode_base64($value->{data} // '') : die "$verb: the server says $code\n";
}

sub login {    # SCRAM-SHA-256, RFC 5802 and 7677
    open my $random, '<:raw', '/dev/urandom' or die "no random octets: $!\n";
    read $random, my $octets, 18;
    my $bare = 'n=' . (split /@/, $user)[0] . ',r=' . encode_base64($octets, '');
    my $challenge = ask(310, 'AUTH', 'SCRAM-SHA-256 data=' . encode_base64("n,,$bare", ''));
    my ($nonce, $salt, $rounds) = $challenge =~ /\Ar=([^,]+),s=([^,]+),i=(\d+)/ or die "bad challenge\n";
    my $salted = my $u = hmac_sha256(decode_base64($salt) . "\0\0\0\1", $password);
    $salted ^= $u = hmac_sha256($u, $password) for 2 .. $rounds;
    my ($key, $final) = (hmac_sha256('Client Key', $salted), "c=biws,r=$nonce");
    my $proof = $key ^ hmac_sha256("$bare,$challenge,$final", sha256($key));
    my $verdict = ask(200, 'AUTH', '* data=' . encode_base64("$final,p=" . encode_base64($proof, ''), ''));
    my $proven = hmac_sha256("$bare,$challenge,$final", hmac_sha256('Server Key', $salted));
    $verdict eq 'v=' . encode_base64($proven, '') or die "the server does not know our password\n";
}

(frame())[0] eq '220' or die "the server is not ready\n";
ask(200, 'HELLO', "$domain v=1.0 role=client agent=presence.pl");
login();
ask(200, 'BIND', 'ep=perl show=online');
request('SUB', "$peer/status id=peer expires=3600");
my ($seen, $heard, $sent, $send) = (0, 0, 0, 0);
until ($seen && $heard && $sent) {
    my ($verb, $number, $value, $body) = frame();
    if ($verb eq 'NOTIFY' && exists $value->{val}) {
        print "$peer is $value->{val}\n";
        $seen = 1;
        $send ||= request('SEND', sprintf "%s mid=perl-%d-%d {%d}\r\n%s", $peer, $$, time, length $text, $text)
            if $value->{val} ne 'offline';
    }
    if ($verb eq 'MSG') { print "$value->{from}: $body\n"; $heard ||= $value->{from} eq $peer }
    request('APPROVE', "~ who=$peer") if $verb eq 'WATCHER' && $value->{who} eq $peer && $value->{state} eq 'pending';
    print $io "200 $number pong\r\n" if $verb eq 'PING';
    print $io "ACK $number\r\n" if $number =~ /\A#/;    # also for an event that we do not know
    if ($verb =~ /\A\d/ && $number eq $send) { $sent = $verb == 202; $send = 0 }    # 480: PEER has just left
    elsif ($verb =~ /\A[45]/) { die "refused: $verb\n" }
}
request('QUIT');
1 until (frame())[0] eq '221';
