#!/bin/bash
# volume ID DIRECTORY SECONDS: waits for the volume, creates a file system if it has none, mounts it, and lets the file
# system grow to the size of the volume.
set -euo pipefail
# A hypervisor shows 20 characters of the id, or all: virtio-ID, scsi-0QEMU_QEMU_HARDDISK_ID
id=${1:0:20} directory=$2 end=$((SECONDS + $3))

until device=$(compgen -G "/dev/disk/by-id/*$id*" | sort | head -n 1) && [ -b "$device" ]; do
  if [ "$SECONDS" -ge "$end" ]; then
    echo "volume $1 was not attached within $3 s" >&2
    exit 1
  fi
  sleep 1
done

# Signatures of file systems, partition tables, LVM and LUKS. Without one, the volume is empty.
found=$(wipefs --noheadings --output TYPE "$device")
case $found in
  ext4) echo "$device has a file system: keeping it" ;;
  "") echo "$device is empty: creating a file system" && mkfs.ext4 -q "$device" ;;
  *) echo "$device contains $found, not ext4: not changing it" >&2 && exit 1 ;;
esac

# The count or the size of the file system's blocks
blocks() { dumpe2fs -h "$device" 2> /dev/null | sed -n "s/^Block $1: *//p"; }
mkdir -p "$directory"
# Terraform may have made the volume larger. If the file system cannot grow, the data is still there, with the old size.
if [ "$(($(blockdev --getsize64 "$device") / $(blocks size)))" -le "$(blocks count)" ]; then
  echo "$device has its full size"
elif mountpoint --quiet "$directory"; then
  resize2fs "$device"
else
  { e2fsck -fp "$device" || [ $? = 1 ]; } && resize2fs "$device" || echo "$device keeps its size: it could not grow" >&2
fi
mountpoint --quiet "$directory" || mount "$device" "$directory"
