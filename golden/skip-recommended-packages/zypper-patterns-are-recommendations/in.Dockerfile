FROM suse
RUN zypper -n in -t pattern devel_basis
