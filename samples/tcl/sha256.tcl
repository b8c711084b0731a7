# SHA-256 (FIPS 180-4), HMAC (RFC 2104) and PBKDF2 (RFC 8018) in plain Tcl, on strings of octets.
# The rounds are written out once, when this file is loaded, so that Tcl compiles them to straight code:
# 10 000 iterations of PBKDF2 take a few seconds instead of minutes.
namespace eval sha256 {
    variable start {
        0x6a09e667 0xbb67ae85 0x3c6ef372 0xa54ff53a 0x510e527f 0x9b05688c 0x1f83d9ab 0x5be0cd19
    }
    variable constants {
        0x428a2f98 0x71374491 0xb5c0fbcf 0xe9b5dba5 0x3956c25b 0x59f111f1 0x923f82a4 0xab1c5ed5
        0xd807aa98 0x12835b01 0x243185be 0x550c7dc3 0x72be5d74 0x80deb1fe 0x9bdc06a7 0xc19bf174
        0xe49b69c1 0xefbe4786 0x0fc19dc6 0x240ca1cc 0x2de92c6f 0x4a7484aa 0x5cb0a9dc 0x76f988da
        0x983e5152 0xa831c66d 0xb00327c8 0xbf597fc7 0xc6e00bf3 0xd5a79147 0x06ca6351 0x14292967
        0x27b70a85 0x2e1b2138 0x4d2c6dfc 0x53380d13 0x650a7354 0x766a0abb 0x81c2c92e 0x92722c85
        0xa2bfe8a1 0xa81a664b 0xc24b8b70 0xc76c51a3 0xd192e819 0xd6990624 0xf40e3585 0x106aa070
        0x19a4c116 0x1e376c08 0x2748774c 0x34b0bcb5 0x391c0cb3 0x4ed8aa4a 0x5b9cca4f 0x682e6ff3
        0x748f82ee 0x78a5636f 0x84c87814 0x8cc70208 0x90befffa 0xa4506ceb 0xbef9a3f7 0xc67178f2
    }

    # The body of compress: sixteen words of a block turn eight words of state into the next eight. Bits above the
    # 32nd may stay in a sum until it is masked; no sum reaches 63 bits, where Tcl would get slow.
    proc Rounds {} {
        variable constants
        set code {lassign $state a b c d e f g h; lassign $block}
        for {set t 0} {$t < 16} {incr t} {append code " w$t"}
        lassign {a b c d e f g h} a b c d e f g h
        for {set t 0} {$t < 64} {incr t} {
            set names [list T w$t U w[expr {$t - 2}] V w[expr {$t - 7}] W w[expr {$t - 15}] X w[expr {$t - 16}]]
            if {$t >= 16} {append code [string map $names {
                set T [expr {($X + $V + (($W>>7 | $W<<25) ^ ($W>>18 | $W<<14) ^ $W>>3)
                    + (($U>>17 | $U<<15) ^ ($U>>19 | $U<<13) ^ $U>>10)) & 0xffffffff}]}]}
            lappend names A $a B $b C $c D $d E $e F $f G $g H $h K [lindex $constants $t]
            append code [string map $names {
                set H [expr {$H + (($E>>6 | $E<<26) ^ ($E>>11 | $E<<21) ^ ($E>>25 | $E<<7))
                    + ($G ^ ($E & ($F ^ $G))) + K + $T}]
                set D [expr {($D + $H) & 0xffffffff}]
                set H [expr {($H + (($A>>2 | $A<<30) ^ ($A>>13 | $A<<19) ^ ($A>>22 | $A<<10))
                    + (($A & $B) | ($C & ($A | $B)))) & 0xffffffff}]}]
            lassign [list $h $a $b $c $d $e $f $g] a b c d e f g h
        }
        return "$code\nAdd \$state \[list \$a \$b \$c \$d \$e \$f \$g \$h\]"
    }
    proc Add {one other} {lmap x $one y $other {expr {($x + $y) & 0xffffffff}}}
    proc compress {state block} [Rounds]

    # The words of the digest of OCTETS; BEFORE octets, a whole number of blocks, are already in STATE.
    proc words {octets {state ""} {before 0}} {
        if {$state eq ""} {set state $::sha256::start}
        set length [string length $octets]
        append octets \x80 [string repeat \0 [expr {(55 - $length) % 64}]] [binary format W [expr {8 * ($before + $length)}]]
        binary scan $octets Iu* all
        for {set i 0} {$i < [llength $all]} {incr i 16} {
            set state [compress $state [lrange $all $i [expr {$i + 15}]]]
        }
        return $state
    }
    proc digest {octets} {binary format I* [words $octets]}
    proc xor {one other} {
        binary scan $one Iu* x
        binary scan $other Iu* y
        binary format I* [lmap p $x q $y {expr {$p ^ $q}}]
    }

    # The two states of HMAC after the block that holds the key.
    proc Keyed {key} {
        variable start
        if {[string length $key] > 64} {set key [digest $key]}
        binary scan [binary format a64 $key] Iu* block
        lmap pad {0x36363636 0x5c5c5c5c} {compress $start [lmap word $block {expr {$word ^ $pad}}]}
    }
    proc hmac {key octets} {
        lassign [Keyed $key] inner outer
        binary format I* [words [binary format I* [words $octets $inner 64]] $outer 64]
    }

    # 32 octets, the first block of PBKDF2-HMAC-SHA-256.
    proc pbkdf2 {password salt rounds} {
        lassign [Keyed $password] inner outer
        binary scan [hmac $password $salt\0\0\0\1] Iu* last
        set sum $last
        for {set i 1} {$i < $rounds} {incr i} {
            # A digest of 32 octets behind one block: what follows it is always the same.
            set last [compress $inner [concat $last {0x80000000 0 0 0 0 0 0 768}]]
            set last [compress $outer [concat $last {0x80000000 0 0 0 0 0 0 768}]]
            set sum [lmap x $sum y $last {expr {$x ^ $y}}]
        }
        binary format I* $sum
    }
}
