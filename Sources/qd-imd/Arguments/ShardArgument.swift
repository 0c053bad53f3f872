import ArgumentParser
import MaskDataset

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Which shards of a plan to generate: their numbers, or the one that the scheduler assigned to this process.
enum ShardArgument: ExpressibleByArgument {
    case numbers(ShardNumberSet)
    case automatic
    case all

    init?(argument: String) {
        switch argument {
        case "auto": self = .automatic
        case "all": self = .all
        default:
            guard let numbers = ShardNumberSet(argument) else { return nil }
            self = .numbers(numbers)
        }
    }

    /// The variables in which schedulers pass the index of a task, and the index of the first task.
    private static let variables = [
        ("SLURM_ARRAY_TASK_ID", 0), ("JOB_COMPLETION_INDEX", 0), ("AWS_BATCH_JOB_ARRAY_INDEX", 0),
        ("CLOUD_RUN_TASK_INDEX", 0), ("PBS_ARRAY_INDEX", 0), ("SGE_TASK_ID", 1),
    ]

    /// The shards, with `offset` added to the index of the scheduler; nil for all.
    func numbers(offset: Int) throws -> ShardNumberSet? {
        switch self {
        case .numbers(let numbers): return numbers
        case .all: return nil
        case .automatic:
            for (name, first) in Self.variables {
                // Grid Engine sets it to `undefined` outside an array.
                guard let value = unsafe getenv(name).map({ unsafe String(cString: $0) }), value != "undefined" else {
                    continue
                }
                guard let index = Int(value), index >= first,
                    let number = ShardNumberSet("\(index - first)")?.shifted(by: offset)
                else { throw ValidationError("\(name) is \(value.debugDescription); expected a number from \(first)") }
                return number
            }
            let names = Self.variables.map(\.0)
            throw ValidationError(
                "--shard auto needs the index of a scheduler's task; expected one of \(names.joined(separator: ", "))")
        }
    }
}
