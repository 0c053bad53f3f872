import FileAccess
package import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// How many processors this process may use: those of its affinity, and the time that its container has.
package enum AvailableProcessors {
    /// The number, at least 1.
    package static var count: Int {
        limit(systemRoot: "/") ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }

    /// The smaller of both limits, at least 1; nil if there is none.
    ///
    /// - Parameter root: The folder that contains `proc` and `sys`.
    package static func limit(systemRoot root: FilePath) -> Int? {
        let limits = [affinityCount(systemRoot: root), containerLimit(systemRoot: root)].compactMap(\.self)
        return limits.min()
    }

    /// The number of processors on which the scheduler may run a process, from the `Cpus_allowed` of its
    /// `/proc/self/status`; nil if the system does not say.
    private static func affinityCount(systemRoot root: FilePath) -> Int? {
        let lines = text(root.pushing("proc/self/status")).split(separator: "\n")
        let title = "Cpus_allowed:"
        guard let mask = lines.first(where: { $0.hasPrefix(title) })?.dropFirst(title.count) else { return nil }
        let count = mask.reduce(0) { $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount }
        return count > 0 ? count : nil
    }

    /// The processor time per time that the control groups of this process allow, rounded up; nil without a limit.
    private static func containerLimit(systemRoot root: FilePath) -> Int? {
        let groups = text(root.pushing("proc/self/cgroup")).split(separator: "\n").compactMap { ControlGroup($0) }
        let limits = groups.flatMap { group in
            group.folders(in: root.pushing("sys/fs/cgroup")).compactMap { folder in
                quotient(text(folder.appending("cpu.max")))
                    ?? quotient(
                        text(folder.appending("cpu.cfs_quota_us")) + " " + text(folder.appending("cpu.cfs_period_us")))
            }
        }
        return limits.min()
    }

    /// A line of `/proc/self/cgroup`: `0::/path`, or for version 1 `4:cpu,cpuacct:/path`.
    private struct ControlGroup {
        let isUnified: Bool
        let path: FilePath

        /// Nil if the line is about something other than processors.
        init?(_ line: Substring) {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[1].isEmpty || parts[1].split(separator: ",").contains("cpu") else {
                return nil
            }
            isUnified = parts[1].isEmpty
            path = FilePath(String(parts[2]))
        }

        /// The group's folder and those above it, which limit it, too. In a container, the path may be that outside.
        func folders(in mount: FilePath) -> [FilePath] {
            let mounts =
                isUnified
                ? [mount, mount.appending("unified")] : [mount.appending("cpu"), mount.appending("cpu,cpuacct")]
            return mounts.flatMap { mount in
                (0...path.components.count).map { count in
                    mount.pushing(FilePath(root: nil, path.components.prefix(count)))
                }
            }
        }
    }

    /// The rounded-up quotient of two numbers, `150000 100000`; nil for `max 100000` and anything else.
    private static func quotient(_ text: String) -> Int? {
        let numbers = text.split { $0.isWhitespace }.map { Int($0) }
        guard numbers.count == 2, let quota = numbers[0], let period = numbers[1], quota > 0, period > 0 else {
            return nil
        }
        return (quota - 1) / period + 1
    }

    /// The text of a file of the system; empty if it cannot be read.
    private static func text(_ path: FilePath) -> String {
        do {
            // Files of `/proc` and `/sys` have no size.
            return String(decoding: try path.readBytes(at: 0, count: 1 << 16), as: UTF8.self)
        } catch {
            return ""
        }
    }
}
