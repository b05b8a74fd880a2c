internal import DanvanDaemon

Daemon.main()
