// swift-tools-version: 6.1
import PackageDescription

// The house, lowest rank first. Arrows point down only, siblings of one rank never meet, and each C library has
// exactly one importer: the target named beside it.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "moderato",
    products: [
        .executable(name: "moderato", targets: ["moderato"]),
        .library(name: "Moderato", targets: ["Harness", "Reporting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        // Rank 1: no knowledge of moderation.
        .target(name: "COpenBLAS"),
        .target(name: "LinearAlgebra", dependencies: ["COpenBLAS"], swiftSettings: settings),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
        .systemLibrary(name: "CWebP", pkgConfig: "libwebp", providers: [.apt(["libwebp-dev"])]),
        .target(name: "CPixels"),
        .target(name: "Imaging", dependencies: ["CPixels", "CPNG", "CTurboJPEG", "CWebP"], swiftSettings: settings),
        // The door to S3 and to folders that stand for it: buckets, keys and signatures, so that Harness reads datasets
        // through it and Service images, and neither knows which of the two is behind it.
        .target(
            name: "ObjectStorage", dependencies: [.product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),

        // Rank 2: the vocabulary.
        .target(
            name: "Moderation",
            dependencies: ["LinearAlgebra", .product(name: "Crypto", package: "swift-crypto")],
            resources: [.embedInCode("Resources/taxonomy-v6.1.json"), .embedInCode("Resources/taxonomy-v7.0.json")],
            swiftSettings: settings
        ),

        // Rank 3: what is fitted, and what is concluded.
        .target(name: "Adapters", dependencies: ["LinearAlgebra", "Moderation"], swiftSettings: settings),
        .target(name: "Evaluation", dependencies: ["LinearAlgebra", "Moderation"], swiftSettings: settings),

        // Rank 4: the doors to files and to the frozen network.
        .systemLibrary(name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"])]),
        .target(name: "HDF5Shim", dependencies: ["CHDF5"]),
        .target(name: "FileSystemShim"),
        .target(
            name: "Store",
            dependencies: ["CHDF5", "Evaluation", "FileSystemShim", "HDF5Shim", "LinearAlgebra", "Moderation"],
            swiftSettings: settings
        ),
        .target(name: "COnnxRuntime"),
        .target(
            name: "BaseModel",
            dependencies: ["COnnxRuntime", "Imaging", "Moderation"],
            swiftSettings: settings
        ),

        // Rank 5: experiment file -> plan -> run, and records -> reports.
        .target(
            name: "Harness",
            dependencies: [
                "Adapters", "BaseModel", "Evaluation", "Imaging", "LinearAlgebra", "Moderation", "ObjectStorage",
                "Store", "Yams",
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Reporting",
            dependencies: ["Evaluation", "Moderation"],
            resources: [.embedInCode("Page/Resources/page.css"), .embedInCode("Page/Resources/page.js")],
            swiftSettings: settings
        ),

        // Rank 6: the Rekognition operations over HTTP.
        .target(
            name: "Service",
            dependencies: [
                "BaseModel", "Evaluation", "Harness", "Imaging", "LinearAlgebra", "Moderation", "ObjectStorage",
                "Store",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),

        // Rank 7: the command line.
        .executableTarget(
            name: "moderato",
            dependencies: [
                "Adapters", "BaseModel", "Evaluation", "Harness", "LinearAlgebra", "Moderation", "ObjectStorage",
                "Reporting", "Service", "Store",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),

        // What the benchmarks measure and the command line has no verb for; no part of the product.
        .executableTarget(
            name: "moderato-bench",
            dependencies: [
                "Adapters", "Evaluation", "Harness", "LinearAlgebra", "Moderation", "Store",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings
        ),

        // Tests, one target per module; `TestSupport` runs the Python oracles.
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(
            name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "ImagingTests", dependencies: ["Imaging", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "ModerationTests", dependencies: ["Moderation", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "AdaptersTests", dependencies: ["Adapters", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "EvaluationTests", dependencies: ["Evaluation", "TestSupport"], exclude: ["Oracles"],
            swiftSettings: settings),
        .testTarget(name: "StoreTests", dependencies: ["Store", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "BaseModelTests", dependencies: ["BaseModel", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "HarnessTests", dependencies: ["BaseModel", "Evaluation", "Harness", "Moderation", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "ReportingTests", dependencies: ["Reporting", "TestSupport"], exclude: ["Oracles", "Snapshots"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ObjectStorageTests", dependencies: ["ObjectStorage", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "ServiceTests", dependencies: ["Harness", "ObjectStorage", "Service", "TestSupport"],
            swiftSettings: settings),
        .testTarget(name: "CommandTests", dependencies: ["TestSupport", "moderato"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
