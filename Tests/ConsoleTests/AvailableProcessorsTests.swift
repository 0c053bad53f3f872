import Console
import SystemPackage
import TemporaryFiles
import Testing

struct AvailableProcessorsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private var limit: Int? { AvailableProcessors.limit(systemRoot: folder.path) }

    @Test func `there is at least one, and at most as many as the machine has`() {
        #expect((1...4096).contains(AvailableProcessors.count))
    }

    @Test func `without files of the system there is no limit`() {
        #expect(limit == nil)
    }

    @Test(arguments: [("ff", 8), ("00000000,00000003", 2), ("80000000,00000000,00000001", 2), ("0", nil), ("", nil)])
    func `the affinity is counted`(mask: String, count: Int?) throws {
        try folder.file("proc/self/status", "Name:\tqd-imd\nCpus_allowed:\t\(mask)\nCpus_allowed_list:\t0-7\n")
        #expect(limit == count)
    }

    @Test(arguments: [
        ("max 100000\n", nil), ("200000 100000\n", 2), ("150000 100000\n", 2), ("1000 100000\n", 1), ("50000 0\n", nil),
        ("-1 100000\n", nil), ("9223372036854775807 1\n", Int.max), ("", nil), ("nonsense\n", nil),
    ])
    func `the quota of a container is rounded up`(text: String, count: Int?) throws {
        try folder.file("proc/self/cgroup", "0::/\n")
        try folder.file("sys/fs/cgroup/cpu.max", text)
        #expect(limit == count)
    }

    @Test func `a group is limited by the groups above it`() throws {
        try folder.file("proc/self/cgroup", "0::/system/job/step\n")
        try folder.file("sys/fs/cgroup/cpu.max", "max 100000\n")
        try folder.file("sys/fs/cgroup/system/cpu.max", "300000 100000\n")
        try folder.file("sys/fs/cgroup/system/job/step/cpu.max", "800000 100000\n")
        #expect(limit == 3)
    }

    @Test func `groups of version 1 are read`() throws {
        try folder.file("proc/self/cgroup", "5:memory:/a\n4:cpu,cpuacct:/docker/1\n0::/\n")
        try folder.file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n")
        try folder.file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n")
        #expect(limit == nil)
        try folder.file("sys/fs/cgroup/cpu,cpuacct/docker/1/cpu.cfs_quota_us", "400000\n")
        try folder.file("sys/fs/cgroup/cpu,cpuacct/docker/1/cpu.cfs_period_us", "100000\n")
        #expect(limit == 4)
    }

    @Test func `the smaller of affinity and quota counts`() throws {
        try folder.file("proc/self/status", "Cpus_allowed:\tf\n")
        try folder.file("proc/self/cgroup", "0::/\n")
        try folder.file("sys/fs/cgroup/cpu.max", "200000 100000\n")
        #expect(limit == 2)
        try folder.file("sys/fs/cgroup/cpu.max", "900000 100000\n")
        #expect(limit == 4)
    }
}
