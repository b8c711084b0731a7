#!/usr/bin/tclsh8.6
# Logs in, watches PEER, lets PEER watch back, sends one text and waits for one. See ../README.md.
package require Tcl 8.6
source [file join [file dirname [info script]] sha256.tcl]
if {[llength $argv] != 5} {puts stderr "usage: tclsh presence.tcl HOST:PORT USER PASSWORD PEER \"text\""; exit 2}
# Octets all the way: what was typed goes out as it is, what comes in is printed as it is.
lassign [lmap word $argv {encoding convertto $word}] server user password peer text
set io [socket {*}[regexp -inline {^.*(?=:)} $server] [lindex [split $server :] end]]
chan configure $io -translation binary -buffering none
chan configure stdout -translation binary -buffering line
set tag 0

proc decode {value} {
    set rest [lassign [split $value %] decoded]
    foreach part $rest {append decoded [binary format H2 [string range $part 0 1]] [string range $part 2 end]}
    return $decoded
}
proc frame {} {    ;# one frame: its first two words, its parameters, its body
    if {[gets $::io line] < 0} {error "the server has closed the connection"}
    lassign {} values body
    set line [string trimright $line \r]
    if {[regexp {^(.*) \{(0|[1-9][0-9]{0,9})\}$} $line - line size]} {
        set body [read $::io $size]
        if {[string trimright [gets $::io] \r] ne ""} {error "the body is cut short"}
    }
    foreach {- name value} [regexp -all -inline { ([a-z][a-z0-9-]*)=(\S*)} $line] {
        dict set values $name [decode $value]
    }
    return [expr {$line eq "" ? [frame] : [list {*}[lrange [split $line " "] 0 1] $values $body]}]
}
proc request {verb args} {puts -nonewline $::io "[join [list $verb [incr ::tag] {*}$args]]\r\n"; return $::tag}
proc ask {wanted verb rest} {    ;# for the login, where nothing but answers can come
    request $verb $rest
    lassign [frame] code - values
    if {$code ne $wanted} {error "$verb: the server says $code"}
    return [expr {[dict exists $values data] ? [binary decode base64 [dict get $values data]] : ""}]
}
proc base64 {octets} {binary encode base64 $octets}
proc login {local password} {    ;# SCRAM-SHA-256, RFC 5802 and 7677
    set random [open /dev/urandom rb]
    set bare "n=$local,r=[base64 [read $random 18]]"
    set challenge [ask 310 AUTH "SCRAM-SHA-256 data=[base64 n,,$bare]"]
    if {![regexp {^r=([^,]+),s=([^,]+),i=(\d+)} $challenge - nonce salt rounds]} {error "bad challenge"}
    set salted [sha256::pbkdf2 $password [binary decode base64 $salt] $rounds]
    set key [sha256::hmac $salted "Client Key"]
    set message "$bare,$challenge,c=biws,r=$nonce"
    set proof [base64 [sha256::xor $key [sha256::hmac [sha256::digest $key] $message]]]
    set verdict [ask 200 AUTH "* data=[base64 c=biws,r=$nonce,p=$proof]"]
    set proven [base64 [sha256::hmac [sha256::hmac $salted "Server Key"] $message]]
    if {$verdict ne "v=$proven"} {error "the server does not know our password"}
}
if {[lindex [frame] 0] ne "220"} {error "the server is not ready"}
ask 200 HELLO "[lindex [split $peer @] 1] v=1.0 role=client agent=presence.tcl"
login [lindex [split $user @] 0] $password
ask 200 BIND "ep=tcl show=online"
request SUB "$peer/status id=peer expires=3600"
lassign {0 0 0 0} seen heard sent send
while {!($seen && $heard && $sent)} {
    lassign [frame] verb number value body
    if {$verb eq "NOTIFY" && [dict exists $value val]} {
        puts "$peer is [dict get $value val]"
        set seen 1
        if {[dict get $value val] ne "offline" && !$send} {
            set send [request SEND "$peer mid=tcl-[pid]-[clock seconds] {[string length $text]}\r\n$text"]
        }
    } elseif {$verb eq "MSG"} {
        puts "[dict get $value from]: $body"
        if {[dict get $value from] eq $peer} {set heard 1}
    } elseif {$verb eq "WATCHER" && [dict get $value who] eq $peer && [dict get $value state] eq "pending"} {
        request APPROVE "~ who=$peer"
    } elseif {$verb eq "PING"} {puts -nonewline $io "200 $number pong\r\n"}
    if {[string match #* $number]} {puts -nonewline $io "ACK $number\r\n"}    ;# also for an event that we do not know
    if {[string is digit $verb] && $number eq $send} {lassign [list [expr {$verb == 202}] 0] sent send    ;# 480: left
    } elseif {[string match {[45]??} $verb]} {error "refused: $verb"}
}
request QUIT
while {[lindex [frame] 0] ne "221"} {}
