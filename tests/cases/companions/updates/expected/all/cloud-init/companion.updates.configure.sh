#!/bin/bash
# Turns on updates and sets when this instance reboots.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp companion.updates: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/companion.updates
place=/etc/apt/apt.conf.d/53camp-reboot
configured=/var/lib/camp/companion.updates.configured # exists if the last run succeeded

rm -f "$configured"
# Instances of a tier reboot one after another: the first at the time, each other ten minutes after the one before.
read -r at numbered < "$lib/reboot"
name=${HOSTNAME%%.*} number=1
if [ "$numbered" = numbered ] && [[ ${name##*-} =~ ^[0-9]{1,4}$ ]]; then number=${name##*-}; fi
minutes=$(((10#${at%:*} * 60 + 10#${at#*:} + (10#$number - 1) * 10) % 1440))
printf -v line 'Unattended-Upgrade::Automatic-Reboot-Time "%02d:%02d";' $((minutes / 60)) $((minutes % 60))
if [ "$(cat "$place" 2> /dev/null)" != "$line" ]; then echo "$line" > "$place"; fi
apt-config dump > /dev/null # stops if apt cannot read its settings
systemctl unmask --quiet apt-daily.timer apt-daily-upgrade.timer # an image can have turned them off
systemctl enable --quiet --now apt-daily.timer apt-daily-upgrade.timer

install -D -m 0644 /dev/null "$configured"
say "configured"
